// Buttons that copy a text that stands beside them. Where a browser does not let them, it is marked, for the keyboard.
// What a button says afterwards it still says when its part of the page was fetched anew.
import {announce} from './announcer.js';

const said = new Map();

function show() {
    said.forEach((words, id) => {
        document.querySelectorAll(`[data-copy="${id}"]`).forEach(button => button.textContent = words);
    });
}

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) {
        return;
    }
    const id = button.dataset.copy;
    const text = document.getElementById(id);
    getSelection().selectAllChildren(text);
    try {
        await navigator.clipboard.writeText(text.textContent);
        said.set(id, 'Copied');
    } catch {
        said.set(id, 'Marked');
    }
    show();
    announce(said.get(id));
});

document.addEventListener('htmx:afterSwap', show);
