// The look itself, on the pages tests/core/layout_test.c compares byte by
// byte: no server, no database, only markup, style sheet and script.
import { createServer } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { PHONE, DESK, atEnd, axe, htmlFaults, launch, newPage, ok, root, run, same,
	scrollsSideways } from './lib.mjs';

const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const golden = join(root, 'tests/golden/layout');

function answer(url) {
	if (url === '/live-page') return [LIVE, 'text/html; charset=utf-8'];
	if (url.startsWith('/asset/')) {
		const name = url.slice(7).replace(/\.[0-9a-f]{10}\./, '.');
		return [readFileSync(join(root, 'web', name)), TYPES[extname(name)]];
	}
	return [readFileSync(join(golden, url.slice(1) + '.html')), 'text/html; charset=utf-8'];
}

const LIVE = '<!doctype html><html lang="id"><title>-</title><link rel="icon" href="/asset/favicon.svg"><script src="/asset/laris.js" defer></script>' +
	'<div data-live="/live"><b data-key="rupiah">?</b><progress data-key="part" max="9" value="1"></progress></div>';
let listeners = 0;

// A stream of server-sent events, and how many listen to it.
function live(request, reply) {
	reply.writeHead(200, { 'content-type': 'text/event-stream' });
	reply.write('data: {"rupiah":"Rp 7 <b>","part":"4","unknown\\"]":"x"}\n\n');
	listeners++;
	request.on('close', () => listeners--);
}

function serve() {
	const server = createServer((request, reply) => {
		if (request.url === '/live') return live(request, reply);
		try {
			const [body, type] = answer(new URL(request.url, 'http://x').pathname);
			reply.writeHead(200, { 'content-type': type, 'content-security-policy': "default-src 'self'" });
			reply.end(body);
		} catch {
			reply.writeHead(404).end();
		}
	});
	atEnd(() => {
		server.closeAllConnections();
		server.close();
	});
	return new Promise((up) => server.listen(0, '127.0.0.1',
	    () => up(`http://127.0.0.1:${server.address().port}`)));
}

// Contrast 7:1 for text of normal size (WCAG 1.4.6): read in sunlight.
async function weakContrast(page) {
	await axe(page);	// puts axe into the page
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
		runOnly: ['color-contrast-enhanced'], rules: { 'color-contrast-enhanced': { enabled: true } },
	}));
	return violations.flatMap((v) => v.nodes.map((n) => `${n.html.slice(0, 100)} ${n.any[0]?.message}`));
}

// What a thumb must hit: 48 px high, or words within a sentence or a table.
async function smallTargets(page) {
	return page.evaluate(() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
		.filter((el) => el.type !== 'hidden' && !el.closest('td, .quiet, .vh, .skip, .steps .done'))
		.map((el) => [el.closest('label') ?? el, el])
		.map(([box, el]) => [box.getBoundingClientRect().height, el.outerHTML.slice(0, 100)])
		.filter(([height]) => height < 47.5)
		.map((pair) => pair.join(' ')));
}

async function checkLook(browser, base, name) {
	for (const [size, colorScheme] of [[PHONE, 'light'], [DESK, 'light'], [PHONE, 'dark']]) {
		const page = await newPage(browser, { viewport: size, colorScheme });
		const at = `${name} at ${size.width}, ${colorScheme}`;
		await page.goto(`${base}/${name}`);
		same(await scrollsSideways(page), false, `${at}: does not scroll sideways`);
		same((await axe(page)).join('\n'), '', `${at}: axe finds nothing`);
		same((await weakContrast(page)).join('\n'), '', `${at}: contrast 7:1`);
		same((await smallTargets(page)).join('\n'), '', `${at}: targets of 48 px`);
		same(page.problems.join('\n'), '', `${at}: nothing refused by the policy, nothing missing`);
		await page.context().close();
	}
}

async function type(page, selector, text) {
	await page.fill(selector, '');
	await page.type(selector, text);
	return page.inputValue(selector);
}

async function checkScript(browser, base) {
	const page = await newPage(browser);
	await page.goto(`${base}/style`);
	same(await page.evaluate(() => document.activeElement.className), 'note bad',
	    'the summary of errors has the focus');
	same(await type(page, '#f-amount', '1250000'), '1.250.000', 'an amount is grouped while typed');
	same(await type(page, '#f-amount', '1,5 juta'), '1,5 juta', 'words are left alone');
	await page.fill('#f-amount', '');
	await page.type('#f-amount', '12345');
	for (let i = 0; i < 3; i++) await page.press('#f-amount', 'ArrowLeft');
	await page.type('#f-amount', '9');
	same(await page.inputValue('#f-amount'), '129.345', 'a digit within the amount stays where it is typed');
	await page.type('#f-amount', '8');
	same(await page.inputValue('#f-amount'), '1.298.345', 'and so does the next');
	const sent = await page.evaluate(() => {
		const form = document.querySelector('form[action="/style"]');
		const tries = [1, 2].map(() => {
			const e = new Event('submit', { bubbles: true, cancelable: true });
			return form.dispatchEvent(e);
		});
		return tries.join();
	});
	same(sent, 'true,false', 'the second tap sends nothing');
	await page.context().close();
}

async function checkLive(browser, base) {
	const page = await newPage(browser);
	await page.goto(`${base}/live-page`);
	await page.waitForFunction(() => document.querySelector('b').textContent !== '?');
	same(await page.textContent('b'), 'Rp 7 <b>', 'a live figure is shown, as text');
	same(await page.evaluate(() => document.querySelector('progress').value), 4, 'and its bar moves');
	same(listeners, 1, 'one page, one listener');
	await page.evaluate(() => {
		Object.defineProperty(document, 'hidden', { value: true });
		document.dispatchEvent(new Event('visibilitychange'));
	});
	for (let i = 0; i < 100 && listeners; i++) await new Promise((soon) => setTimeout(soon, 20));
	same(listeners, 0, 'a page nobody looks at does not listen');
	same(page.problems.join('\n'), '', 'and nothing went wrong');
	await page.context().close();
}

async function checkPrint(browser, base) {
	const page = await newPage(browser, { viewport: DESK });
	await page.emulateMedia({ media: 'print' });
	await page.goto(`${base}/style`);
	const seen = await page.evaluate(() => ['.tabs', '.foot', '.btn', '.me', 'form']
		.filter((s) => [...document.querySelectorAll(s)].some((el) => el.getClientRects().length)));
	same(seen.join(), '', 'paper shows no bars, buttons or forms');
	await page.context().close();
}

await run(async () => {
	for (const file of readdirSync(golden)) {
		const html = readFileSync(join(golden, file), 'utf8');
		if (html.startsWith('<!doctype'))
			same((await htmlFaults(html)).join('\n'), '', `${file}: valid HTML`);
	}
	const base = await serve();
	const browser = await launch();
	await checkLook(browser, base, 'style');
	await checkLook(browser, base, 'frame-person');
	await checkLook(browser, base, 'stage');
	await checkScript(browser, base);
	await checkLive(browser, base);
	await checkPrint(browser, base);
	ok(true, 'the look was looked at');
});
