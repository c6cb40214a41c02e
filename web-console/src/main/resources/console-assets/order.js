// The slider of an order's page: shows the order as it was after an event.
import './copy.js';

const slider = document.getElementById('at');
const words = document.getElementById('at-words');
let asked;

function tell() {
    const said = document.getElementById(`event-${slider.value}`)?.dataset.text ?? '';
    words.textContent = `${slider.value} of ${slider.max}`;
    slider.setAttribute('aria-valuetext', `event ${slider.value} of ${slider.max}: ${said}`);
}

function show() {
    tell();
    clearTimeout(asked);
    asked = setTimeout(() => {
        const moment = document.getElementById('moment');
        const address = new URL(moment.dataset.src, location);
        address.searchParams.set('at', slider.value);
        htmx.ajax('GET', address.pathname + address.search, {target: '#moment', source: '#moment', swap: 'outerHTML'});
    }, 120);
}

slider.addEventListener('input', show);
slider.form.addEventListener('submit', event => {
    event.preventDefault();
    show();
});

// What has happened meanwhile makes the way longer; who looks at its end goes on doing so.
document.addEventListener('htmx:afterSwap', event => {
    const events = document.getElementById('order')?.dataset.events;
    if (event.detail.target.id === 'order' && events && events !== slider.max) {
        const atTheEnd = slider.value === slider.max;
        slider.max = events;
        if (atTheEnd) {
            slider.value = events;
            show();
        }
        tell();
    }
});

show();
