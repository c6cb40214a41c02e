// Before anything is drawn: the reader's own choice of light or dark, if there is one; else the system's holds.
(() => {
    const root = document.documentElement;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const stored = () => {
        try {
            return localStorage.getItem('theme');
        } catch {
            return null;
        }
    };
    const apply = () => {
        root.dataset.theme = stored() ?? (system.matches ? 'dark' : 'light');
        const button = document.getElementById('theme');
        if (button) {
            button.textContent = root.dataset.theme === 'dark' ? 'Light' : 'Dark';
            button.setAttribute('aria-label', `Switch to ${root.dataset.theme === 'dark' ? 'light' : 'dark'} colours`);
        }
    };
    apply();
    system.addEventListener('change', apply);
    document.addEventListener('DOMContentLoaded', () => {
        apply();
        document.getElementById('theme')?.addEventListener('click', () => {
            try {
                localStorage.setItem('theme', root.dataset.theme === 'dark' ? 'light' : 'dark');
            } catch {
                // Not kept, then.
            }
            apply();
            document.dispatchEvent(new CustomEvent('theme'));
        });
    });
})();
