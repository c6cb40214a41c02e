// Buttons that copy a text that stands beside them. Where a browser does not let them, it is marked, for the keyboard.
import {announce} from './announcer.js';

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) {
        return;
    }
    const text = document.getElementById(button.dataset.copy);
    getSelection().selectAllChildren(text);
    try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = 'Copied';
    } catch {
        button.textContent = 'Marked';
    }
    announce(button.textContent);
});
