// Says when what is shown may not be true any more, and stops saying so when it is again.
const broken = new Set();
let goodUntil = new Date();

function show() {
    const banner = document.getElementById('connection');
    if (!banner) {
        return;
    }
    if (broken.size > 0 && banner.hidden) {
        const time = goodUntil.toLocaleTimeString(undefined, {hourCycle: 'h23'});
        banner.textContent = `The connection is lost. You see how it was at ${time}. Trying again …`;
    }
    banner.hidden = broken.size === 0;
}

/** What that source brings is out of date. */
export function lost(source) {
    broken.add(source);
    show();
}

/** What that source brings is up to date. */
export function mended(source) {
    broken.delete(source);
    if (broken.size === 0) {
        goodUntil = new Date();
    }
    show();
}
