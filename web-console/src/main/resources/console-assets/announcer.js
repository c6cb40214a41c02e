// Tells readers of screens what has changed, in one place, and never the same twice in a row.
let last = '';

export function announce(words) {
    const announcer = document.getElementById('announcer');
    if (announcer && words && words !== last) {
        last = words;
        announcer.textContent = words;
    }
}
