// What every page needs. A page that needs more loads its own module beside this one.
import './times.js';
import './live.js';
import './actions.js';
import './filter.js';

// On a phone the links to the pages are wider than the screen: the one that is on is brought into sight.
function showWhereWeAre() {
    const link = document.querySelector('.top [aria-current]');
    const links = link?.closest('ul');
    links?.scrollTo({left: link.offsetLeft - (links.clientWidth - link.offsetWidth) / 2});
}

showWhereWeAre();
addEventListener('resize', showWhereWeAre);
