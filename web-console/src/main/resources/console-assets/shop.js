// Puts things into the cart, which is made with the first of them.
import {act, remember} from './actions.js';

const YEAR = 31536000;

function cookie(name) {
    return document.cookie.split('; ').find(one => one.startsWith(`${name}=`))?.slice(name.length + 1);
}

function keep(name, value) {
    document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=strict`;
}

function customer() {
    const known = cookie('customer');
    if (known) {
        return known;
    }
    const made = `guest-${[...crypto.getRandomValues(new Uint8Array(4))].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
    keep('customer', made);
    return made;
}

async function newCart() {
    const response = await fetch('/api/carts', {
        method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({customerId: customer()}),
    });
    if (!response.ok) {
        throw new Error(`no cart: ${response.status}`);
    }
    remember(response);
    const {cartId} = await response.json();
    keep('cart', cartId);
    return cartId;
}

document.addEventListener('submit', async event => {
    const form = event.target;
    if (!form.dataset.sku) {
        return;
    }
    event.preventDefault();
    let cart = document.getElementById('products').dataset.cart;
    try {
        cart ||= await newCart();
    } catch {
        cart = 'none';
    }
    form.dataset.action = `PUT /api/carts/${cart}/items/${form.dataset.sku}`;
    await act(form);
    delete form.dataset.action;
});
