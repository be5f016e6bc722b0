// The organiser's board: figures renewed while somebody looks, and charts of
// days and hours for who wants them (their script is fetched then, and the
// wish is remembered).  The page is whole without this.
const board = document.querySelector("[data-board]");
const EVERY = 15000;
const number = new Intl.NumberFormat("id-ID");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const charts = {};

function short(rupiah) {
	const [size, word] = [[1e12, "T"], [1e9, "M"], [1e6, "jt"]].find(([n]) => rupiah >= n) ?? [1, ""];
	return number.format(Math.round(rupiah / size * 10) / 10) + word;
}

// 31/10 for a day counted from 1970, 14.00 for an hour.
const label = {
	day: (key) => {
		const d = new Date(key * 86400000);
		return `${d.getUTCDate()}/${d.getUTCMonth() + 1}`;
	},
	hour: (key) => `${String(key).padStart(2, "0")}.00`,
};

function options(part, width) {
	const ink = colour("--ink"), grid = { stroke: colour("--line"), width: 1 };
	return {
		width, height: 200, legend: { show: false }, cursor: { drag: { x: false, y: false } },
		scales: { x: { time: false }, y: { range: (_, low, high) => [0, high * 1.05] } },
		axes: [
			{ stroke: ink, grid: { show: false }, values: (_, v) => v.map((x) => Number.isInteger(x) ? label[part](x) : "") },
			{ stroke: ink, grid, size: 60, values: (_, v) => v.map(short) },
		],
		series: [{}, { stroke: colour("--nila"), fill: colour("--nila"),
			paths: self.uPlot.paths.bars({ size: [0.7, 40] }), points: { show: false } }],
	};
}

function draw(part, rows) {
	const box = board.querySelector(`[data-part="${part}"]`);
	const data = [rows.map((r) => r.key), rows.map((r) => r.rupiah)];
	if (!box || !self.uPlot || rows.length < 2)
		return;
	if (charts[part]) {
		charts[part].setData(data);
		return;
	}
	const place = document.createElement("div");
	place.setAttribute("aria-hidden", "true");	// the table below says the same
	box.querySelector("h2").after(place);
	charts[part] = new self.uPlot(options(part, place.clientWidth), data, place);
	new ResizeObserver(() => charts[part].setSize({ width: place.clientWidth, height: 200 })).observe(place);
}

function cell(text, kind) {
	const td = document.createElement("td");
	td.textContent = text;
	if (kind)
		td.className = kind;
	return td;
}

function table(part, rows) {
	const body = board.querySelector(`[data-part="${part}"] tbody`);
	const most = Math.max(1, ...rows.map((r) => r.rupiah));
	body?.replaceChildren(...rows.map((r) => {
		const tr = document.createElement("tr"), bar = document.createElement("progress");
		const name = cell(`${r.name} `);
		bar.max = most;
		bar.value = r.rupiah;
		bar.setAttribute("aria-hidden", "true");
		name.append(bar);
		tr.append(name, cell(number.format(r.purchases), "n"), cell(`Rp ${number.format(r.rupiah)}`, "n"));
		return tr;
	}));
}

async function renew() {
	if (document.hidden)
		return;
	const reply = await fetch(board.dataset.board).catch(() => null);
	if (!reply?.ok)
		return;		// the figures on the page stay, with their time
	const figures = await reply.json();
	for (const [part, rows] of Object.entries(figures))
		if (Array.isArray(rows))
			table(part, rows);
	draw("day", figures.day);
	draw("hour", figures.hour);
}

function fetched(tag, set) {
	const el = document.createElement(tag);
	return new Promise((done, failed) => {
		el.onload = done;
		el.onerror = failed;
		Object.assign(el, set);
		document.head.append(el);
	});
}

async function drawn(button) {
	button.hidden = true;
	await Promise.all([fetched("link", { rel: "stylesheet", href: board.dataset.css }),
		fetched("script", { src: board.dataset.chart })]).then(renew, () => { button.hidden = false; });
}

if (board) {
	const button = document.querySelector("[data-charts]");
	button.hidden = false;
	button.addEventListener("click", () => {
		localStorage.setItem("charts", "1");
		drawn(button);
	});
	if (localStorage.getItem("charts"))
		drawn(button);
	setInterval(renew, EVERY);
	document.addEventListener("visibilitychange", renew);
}
