// Keeps what is typed into a filter while the answer to an earlier change replaces it.

let sent = null;
let typed = null;

const isFilter = element => element instanceof HTMLFormElement && element.classList.contains('filter');

document.addEventListener('htmx:beforeSwap', event => {
    const form = event.detail.requestConfig.elt;
    sent = isFilter(form) ? event.detail.requestConfig.parameters : null;
    typed = sent && [...form.querySelectorAll('input[type=search], input[type=datetime-local]')];
});

document.addEventListener('htmx:afterSwap', () => {
    for (const input of typed ?? []) {
        const now = document.getElementById(input.id);
        if (now && input.value !== (sent[input.name] ?? '')) {
            now.value = input.value;
        }
    }
    typed = null;
});
