// Draws the overview from the numbers that stand in its tables: who cannot see the charts reads those.
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const rows = selector => [...document.querySelectorAll(selector)].map(row => row.dataset);

const TONES = {OPEN: 'busy', CONFIRMED: 'good', REJECTED: 'bad', CANCELLED: 'off'};
const charts = {};

function clock(text, slice) {
    const options = {hour: '2-digit', minute: '2-digit'};
    if (slice > 3600) {
        options.weekday = 'short';
    } else if (slice < 60) {
        options.second = '2-digit';
    }
    return new Intl.DateTimeFormat([], options).format(new Date(text));
}

function scales(x, y) {
    const axis = title => ({
        grid: {color: colour('line')},
        ticks: {color: colour('quiet'), maxRotation: 0, autoSkipPadding: 16},
        title: title ? {display: true, text: title, color: colour('quiet')} : {display: false},
        beginAtZero: true,
    });
    return {x: axis(x), y: axis(y)};
}

/** Draws, or draws anew with other numbers. */
function draw(id, type, data, options) {
    const legend = {labels: {color: colour('ink')}, ...options.legend};
    const full = {
        animation: false, responsive: true, maintainAspectRatio: false,
        ...options, plugins: {legend, tooltip: options.tooltip ?? {}},
    };
    if (charts[id]) {
        charts[id].data = data;
        charts[id].options = full;
        charts[id].update('none');
    } else {
        charts[id] = new Chart(document.getElementById(id), {type, data, options: full});
    }
}

function drawRates() {
    const slices = rows('#rates tbody tr');
    const length = Number(document.getElementById('rates').dataset.slice);
    draw('rate-chart', 'line', {
        labels: slices.map(slice => clock(slice.from, length)),
        datasets: [{
            label: 'Orders a second', data: slices.map(slice => Number(slice.rate)),
            borderColor: colour('accent'), backgroundColor: colour('accent-soft'), fill: true,
            borderWidth: 2, pointRadius: 0, pointHitRadius: 12, tension: .2,
        }],
    }, {scales: scales('', 'a second'), legend: {display: false}});
}

function drawOutcomes() {
    const outcomes = rows('#outcomes tbody tr[data-outcome]');
    const name = outcome => outcome.outcome.charAt(0) + outcome.outcome.slice(1).toLowerCase();
    draw('outcome-chart', 'doughnut', {
        labels: outcomes.map(outcome => outcome.reason ? `${name(outcome)}: ${outcome.reason.toLowerCase()}` : name(outcome)),
        datasets: [{
            data: outcomes.map(outcome => Number(outcome.orders)),
            backgroundColor: outcomes.map(outcome => colour(TONES[outcome.outcome])),
            borderColor: colour('card'), borderWidth: 2,
        }],
    }, {cutout: '62%', legend: {position: 'bottom', labels: {color: colour('ink'), boxWidth: 12}}});
}

/** A step of 20 ms and one of 20 s are both to be seen. */
function byOrdersOfMagnitude({x, y}) {
    const power = value => Number.isInteger(Math.log10(value));
    return {
        x: {...x, type: 'logarithmic', min: 1, ticks: {...x.ticks, callback: value => power(value) ? value.toLocaleString() : ''}},
        y: {...y, ticks: {...y.ticks, autoSkip: false}},
    };
}

function drawDurations() {
    const stages = rows('#durations tbody tr');
    const bars = (label, key, tone) => ({
        label, data: stages.map(stage => stage[key] === undefined ? null : Number(stage[key])),
        backgroundColor: colour(tone), maxBarThickness: 18,
    });
    draw('duration-chart', 'bar', {
        labels: stages.map(stage => stage.stage),
        datasets: [bars('Half', 'p50', 'accent'), bars('95 of 100', 'p95', 'good'), bars('99 of 100', 'p99', 'busy')],
    }, {indexAxis: 'y', scales: byOrdersOfMagnitude(scales('milliseconds', '')), legend: {position: 'bottom', labels: {color: colour('ink'), boxWidth: 12}}});
}

function drawAll() {
    drawRates();
    drawOutcomes();
    drawDurations();
}

drawAll();
document.addEventListener('htmx:afterSwap', event => {
    if (event.detail.target.id === 'numbers') {
        drawAll();
    }
});
// The reader's own colours.
new MutationObserver(drawAll).observe(document.documentElement, {attributeFilter: ['data-theme']});
