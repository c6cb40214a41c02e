// Writes moments in the reader's own zone, and lets ages go on counting. The server has written them in UTC.
const CLOCK = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const DAY = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short'});
const FULL = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'long'});

function age(then, now) {
    const seconds = Math.max(0, Math.floor((now - then) / 1000));
    if (seconds < 60) {
        return `${seconds} s`;
    }
    if (seconds < 3600) {
        return `${Math.floor(seconds / 60)} min`;
    }
    return seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

function write(time, now) {
    const then = new Date(time.dataset.at ?? time.dateTime);
    if (time.dataset.show === 'age') {
        time.textContent = age(then, now);
    } else if (!time.dataset.local) {
        const sameDay = then.toDateString() === now.toDateString();
        time.textContent = sameDay ? CLOCK.format(then) : `${DAY.format(then)}, ${CLOCK.format(then)}`;
    }
    if (!time.dataset.local) {
        time.title = `${FULL.format(then)} (${time.title})`;
        time.dataset.local = 'yes';
    }
}

export function writeTimes(within = document) {
    const now = new Date();
    within.querySelectorAll('[data-show]').forEach(time => write(time, now));
}

writeTimes();
document.addEventListener('htmx:afterSwap', () => writeTimes());
setInterval(() => {
    if (!document.hidden) {
        writeTimes();
    }
}, 1000);
