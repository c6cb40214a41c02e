// Keeps parts of a page up to date. An element with an id and
//   data-live="/api/orders/stream"   is fetched anew whenever the stream tells of a change,
//   data-poll="3"                    is fetched anew every so many seconds,
//   data-part                        is fetched anew after an action only,
// each only while the page is looked at. It is fetched from data-src, or else from the page's own address.
import {announce} from './announcer.js';
import {lost, mended} from './connection.js';

const QUIET_MS = 500;
const RETRY_MS = 3000;

const pending = new Map();
const openDetails = new Set();

const live = () => [...document.querySelectorAll('[data-live], [data-poll], [data-part]')];

const sourcesOf = () => live().map(element => `${element.id} ${element.dataset.live} ${element.dataset.poll}`).join();

async function load(id) {
    const element = document.getElementById(id);
    if (!element) {
        return;
    }
    const sources = sourcesOf();
    const said = element.querySelector('[data-announce]')?.textContent.trim();
    try {
        await htmx.ajax('GET', element.dataset.src ?? location.pathname + location.search,
            {target: `#${id}`, source: `#${id}`, swap: 'outerHTML'});
    } catch {
        return;
    }
    if (sources !== sourcesOf()) {
        end();
        begin();
    }
    const says = document.getElementById(id)?.querySelector('[data-announce]')?.textContent.replace(/\s+/g, ' ').trim();
    if (says && says !== said?.replace(/\s+/g, ' ')) {
        announce(says);
    }
}

/** Fetches an element anew: at once, but not more often than twice a second. */
function refreshOne(id) {
    const state = pending.get(id) ?? {busy: false, again: false};
    pending.set(id, state);
    if (state.busy) {
        state.again = true;
        return state.done;
    }
    state.busy = true;
    state.again = false;
    const pause = new Promise(rest => setTimeout(rest, QUIET_MS));
    state.done = load(id);
    Promise.all([state.done, pause]).finally(() => {
        state.busy = false;
        if (state.again) {
            refreshOne(id);
        }
    });
    return state.done;
}

/** Fetches every live part of the page anew, or those that are named. */
export function refresh(ids = live().map(element => element.id)) {
    return Promise.all(ids.map(refreshOne));
}

// What the reader has unfolded stays so.
document.addEventListener('htmx:beforeSwap', event => {
    event.detail.target.querySelectorAll('details[id]').forEach(details => {
        openDetails[details.open ? 'add' : 'delete'](details.id);
    });
});
document.addEventListener('htmx:afterSwap', () => {
    openDetails.forEach(id => {
        const details = document.getElementById(id);
        if (details) {
            details.open = true;
        }
    });
});

document.addEventListener('htmx:sendError', () => lost('pages'));
document.addEventListener('htmx:responseError', event => {
    if (event.detail.xhr.status >= 500) {
        lost('pages');
    }
});
document.addEventListener('htmx:afterRequest', event => {
    if (event.detail.successful) {
        mended('pages');
    }
});

// Fields that are left empty are no part of an address.
document.addEventListener('htmx:configRequest', event => {
    if (event.detail.verb === 'get') {
        for (const [name, value] of [...event.detail.formData.entries()]) {
            if (value === '') {
                event.detail.formData.delete(name);
            }
        }
    }
});

/** One stream, for as long as the page is looked at. */
class Stream {
    constructor(url) {
        this.url = url;
        this.open();
    }

    open() {
        this.source = new EventSource(this.url);
        this.source.onopen = () => {
            mended(this.url);
            if (this.wasLost) {
                this.wasLost = false;
                this.tell();
            }
        };
        this.source.onerror = () => {
            this.wasLost = true;
            lost(this.url);
            if (this.source.readyState === EventSource.CLOSED) {
                // The browser does not try again what was refused: we do.
                clearTimeout(this.retry);
                this.retry = setTimeout(() => !document.hidden && this.open(), RETRY_MS);
            }
        };
        for (const event of ['order', 'reset']) {
            this.source.addEventListener(event, () => this.tell());
        }
    }

    tell() {
        refresh(live().filter(element => element.dataset.live === this.url).map(element => element.id));
    }

    close() {
        clearTimeout(this.retry);
        this.source.close();
        mended(this.url);
    }
}

let streams = [];
let polls = [];

function begin() {
    const urls = new Set(live().map(element => element.dataset.live).filter(Boolean));
    streams = [...urls].map(url => new Stream(url));
    polls = live().filter(element => element.dataset.poll)
        .map(element => setInterval(refreshOne, Number(element.dataset.poll) * 1000, element.id));
}

function end() {
    streams.forEach(stream => stream.close());
    polls.forEach(clearInterval);
}

// A page that nobody looks at asks for nothing: browsers allow only a few streams to one program.
document.addEventListener('visibilitychange', () => {
    end();
    if (!document.hidden) {
        begin();
        refresh();
    }
});
addEventListener('pagehide', end);

// Modules run after the deferred script of htmx, once the page is there.
begin();
