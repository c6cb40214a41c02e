// A button with data-dialog="discard" says what is to be left out: data-discard is its address, data-subject its name.
document.addEventListener('click', event => {
    const button = event.target.closest('[data-discard]');
    if (button) {
        const dialog = document.getElementById('discard');
        dialog.querySelector('form').dataset.action = `DELETE ${button.dataset.discard}`;
        dialog.querySelector('[data-subject]').textContent = button.dataset.subject;
    }
});
