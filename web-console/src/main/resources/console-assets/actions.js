// Forms that do something: they send to the REST API what was typed, as JSON.
//   <form data-action="POST /api/orders/1/cancellation" data-key="…" data-done="Cancellation asked for.">
// Names of fields are their places in the JSON (lines[0].quantity). data-key: the Idempotency-Key. After success the
// live parts of the page are fetched anew, or data-go is where to go: {field} stands for a field of the answer.
import {announce} from './announcer.js';
import {refresh} from './live.js';

const TOKEN = 'X-Consistency-Token';
const places = new WeakMap();

export function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** What was done is to be seen on the next pages: for as long as that can take. */
export function remember(response) {
    const token = response.headers.get(TOKEN);
    if (token) {
        document.cookie = `consistency=${encodeURIComponent(token)}; path=/; max-age=10; samesite=strict`;
    }
}

function put(target, name, value) {
    const steps = name.replace(/\[(\d+)]/g, '.$1').split('.');
    steps.forEach((step, i) => {
        if (i === steps.length - 1) {
            target[step] = value;
        } else {
            target[step] ??= /^\d+$/.test(steps[i + 1]) ? [] : {};
            target = target[step];
        }
    });
}

/** What was typed, as the API is to get it: what is left empty is left out. */
export function bodyOf(form) {
    const body = {};
    for (const field of form.elements) {
        if (!field.name || field.disabled || (field.type === 'radio' && !field.checked)) {
            continue;
        }
        if (field.type === 'checkbox') {
            put(body, field.name, field.checked);
        } else if (field.value.trim() !== '') {
            const number = field.type === 'number' || field.dataset.type === 'number';
            put(body, field.name, number && Number.isFinite(Number(field.value))
                ? Number(field.value) + Number(field.dataset.plus ?? 0)
                : field.value);
        } else if (/^\w+\./.test(field.name)) {
            // A part of which nothing is given is there all the same: { shippingAddress: {} }.
            body[field.name.split('.')[0]] ??= {};
        }
    }
    return withoutUnwanted(form, body);
}

/** Lines of which no pieces were wanted are left out. Remembers which are left, for refusals name them by number. */
function withoutUnwanted(form, body) {
    const kept = {};
    for (const [name, items] of Object.entries(body)) {
        if (Array.isArray(items)) {
            const wanted = items.map((item, i) => i)
                .filter(i => !form.elements.namedItem(`${name}[${i}].quantity`) || items[i].quantity !== undefined);
            kept[name] = wanted;
            body[name] = wanted.map(i => items[i]);
            if (wanted.length === 0) {
                delete body[name];
            }
        }
    }
    places.set(form, kept);
    return body;
}

function placeOf(form, field) {
    return field.replace(/^(\w+)\[(\d+)]/, (all, name, i) => `${name}[${places.get(form)?.[name]?.[i] ?? i}]`);
}

function noteOf(field) {
    const id = `${field.id}-error`;
    let note = document.getElementById(id);
    if (!note) {
        note = document.createElement('p');
        note.id = id;
        note.className = 'error';
        (field.closest('.field') ?? field).append(note);
    }
    return note;
}

function clear(form) {
    form.querySelectorAll('[aria-invalid]').forEach(field => {
        field.removeAttribute('aria-invalid');
        field.removeAttribute('aria-describedby');
        document.getElementById(`${field.id}-error`)?.remove();
    });
    form.querySelector('.form-error')?.remove();
}

function refuse(form, words) {
    const note = document.createElement('p');
    note.className = 'form-error';
    note.setAttribute('role', 'alert');
    note.textContent = words;
    form.append(note);
}

/** Shows each broken rule beside its field, and what belongs to none of them below the form. */
function tell(form, problem) {
    const left = [];
    let first = null;
    for (const {field: name, rule} of problem.errors ?? []) {
        const place = placeOf(form, name);
        const field = [...form.elements].find(one => one.name === place && one.type !== 'hidden' && one.id);
        if (field) {
            field.setAttribute('aria-invalid', 'true');
            field.setAttribute('aria-describedby', `${field.id}-error`);
            noteOf(field).textContent = rule;
            first ??= field;
        } else {
            left.push(`${name} ${rule}`);
        }
    }
    if (!first || left.length > 0) {
        refuse(form, left.length > 0 ? left.join('; ') : problem.detail ?? problem.title ?? 'It was refused.');
    }
    first?.focus();
}

async function problemOf(response) {
    try {
        return await response.json();
    } catch {
        return {detail: `The program answered with ${response.status}. Nothing you typed is lost; try again.`};
    }
}

/** What takes something away has no body: what was typed is part of the address. */
function addressWith(url, typed) {
    const parameters = new URLSearchParams(typed).toString();
    return parameters ? `${url}${url.includes('?') ? '&' : '?'}${parameters}` : url;
}

/** Sends a form. Resolves to the answer's body, or to null when it was refused; what was typed stays. */
export async function send(form) {
    const [method, url] = form.dataset.action.split(' ');
    const typed = bodyOf(form);
    const body = method === 'DELETE' ? undefined : JSON.stringify(typed);
    const headers = body === undefined ? {} : {'Content-Type': 'application/json'};
    if (form.dataset.key) {
        // Another content is another request.
        if (form.dataset.sent && form.dataset.sent !== body) {
            form.dataset.key = newKey();
        }
        form.dataset.sent = body ?? '';
        headers['Idempotency-Key'] = form.dataset.key;
    }
    clear(form);
    form.setAttribute('aria-busy', 'true');
    try {
        const response = await fetch(method === 'DELETE' ? addressWith(url, typed) : url, {method, headers, body});
        if (!response.ok) {
            tell(form, await problemOf(response));
            return null;
        }
        remember(response);
        if (form.dataset.key) {
            form.dataset.key = newKey();
            delete form.dataset.sent;
        }
        const text = await response.text();
        return text ? JSON.parse(text) : {};
    } catch {
        refuse(form, 'The program could not be reached. Nothing you typed is lost; try again.');
        return null;
    } finally {
        form.removeAttribute('aria-busy');
    }
}

/** Sends a form and shows what came of it. */
export async function act(form) {
    const answer = await send(form);
    if (answer === null) {
        return;
    }
    if (form.dataset.go) {
        location.href = form.dataset.go.replace(/\{(\w+)}/g, (all, name) => encodeURIComponent(answer[name] ?? ''));
        return;
    }
    if (form.dataset.reset !== 'no') {
        form.reset();
    }
    form.closest('dialog')?.close();
    announce(form.dataset.done ?? 'Done.');
    toast(form.dataset.done ?? 'Done.');
    form.dispatchEvent(new CustomEvent('done', {bubbles: true, detail: answer}));
    await refresh();
}

let fading;

/** Says for a moment that something was done. */
export function toast(words) {
    let toasted = document.getElementById('toast');
    if (!toasted) {
        toasted = document.createElement('p');
        toasted.id = 'toast';
        toasted.setAttribute('aria-hidden', 'true');
        document.body.append(toasted);
    }
    toasted.textContent = words;
    toasted.hidden = false;
    clearTimeout(fading);
    fading = setTimeout(() => {
        toasted.hidden = true;
    }, 4000);
}

// What is wrong is told by the API, in one way for all fields, and not by the browser before.
const leaveItToTheApi = () => document.querySelectorAll('form[data-action], form[data-sku]').forEach(form => {
    form.noValidate = true;
});
leaveItToTheApi();
document.addEventListener('htmx:afterSwap', leaveItToTheApi);

document.addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.action) {
        event.preventDefault();
        if (form.getAttribute('aria-busy') !== 'true') {
            act(form);
        }
    }
});

// <button data-dialog="cancel"> opens <dialog id="cancel">; <button data-close> closes the one it is in.
document.addEventListener('click', event => {
    const opener = event.target.closest('[data-dialog]');
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
        dialog.showModal();
        // What it shows is asked for when it is opened.
        refresh([...dialog.querySelectorAll('[data-src]')].map(part => part.id));
    }
    event.target.closest('[data-close]')?.closest('dialog')?.close();
});
