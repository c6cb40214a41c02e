// What every page needs. A page that needs more loads its own module beside this one.
import './times.js';
import './live.js';
import './actions.js';
import './filter.js';

// On a phone the links to the pages are wider than the screen.
document.querySelector('.top [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'center'});
