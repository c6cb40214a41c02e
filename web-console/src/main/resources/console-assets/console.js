// What every page needs. A page that needs more loads its own module beside this one.
import './times.js';
import './live.js';
import './actions.js';
import './filter.js';
