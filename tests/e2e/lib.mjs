// What tests with a browser need: TAP, a running laris, Debian's chromium,
// and the promises every page keeps (checkPage).
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';

const here = dirname(fileURLToPath(import.meta.url));
export const root = process.env.LARIS_ROOT || resolve(here, '../..');
export const build = process.env.LARIS_BUILD || join(root, 'build');
export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 800 };
export const WEIGHT_MAX = 30 * 1024;	// bytes over the wire, without pictures

// ---- TAP ------------------------------------------------------------------

let count = 0, bad = 0;

export function ok(good, what, why = '') {
	count++;
	if (!good) bad++;
	console.log(`${good ? '' : 'not '}ok ${count} - ${String(what).replaceAll('#', '\\#')}`);
	if (!good && why) console.log(String(why).replace(/^/gm, '# '));
	return good;
}

export function same(got, want, what) {
	return ok(got === want, what, `got  ${JSON.stringify(got)}\nwant ${JSON.stringify(want)}`);
}

const later = [];
/** Something to end when the test is over, last one first. */
export function atEnd(fn) {
	later.push(fn);
}

/** Run a test from its first line to its plan; what is thrown is a failure. */
export async function run(fn) {
	try {
		await fn();
	} catch (e) {
		ok(false, 'runs to its end', e.stack || e);
	}
	for (const end of later.reverse()) await end();
	console.log(`1..${count}`);
	process.exitCode = bad ? 1 : 0;
}

// ---- laris ------------------------------------------------------------------

/** A folder of our own, gone afterwards. */
export function scratch() {
	const dir = mkdtempSync(join(tmpdir(), 'laris-e2e-'));
	atEnd(() => rmSync(dir, { recursive: true, force: true }));
	return dir;
}

/** One command, to its end: { status, stdout, stderr }. */
export function laris(dataDir, args, input = '') {
	const r = spawnSync(join(build, 'laris'), ['--db', join(dataDir, 'laris.db'), ...args],
	    { input, encoding: 'utf8', maxBuffer: 64 << 20 });
	if (r.error) throw r.error;
	return r;
}

const fresh = new Set();	// folders where nothing but init was done

/**
 * The same, and it must say 0.  The plain demonstration city is the same for
 * every test: it is copied, where ./dev test has made it once (LARIS_DEMO).
 */
export function larisDone(dataDir, args, input = '') {
	const demo = ['demo', 'demo --scale small'].includes(args.join(' '));
	if (process.env.LARIS_DEMO && demo && fresh.has(dataDir)) {
		fresh.delete(dataDir);
		cpSync(process.env.LARIS_DEMO, dataDir, { recursive: true });
		return '';
	}
	if (args.join(' ') === 'init') fresh.add(dataDir);
	else fresh.delete(dataDir);
	const r = laris(dataDir, args, input);
	if (r.status !== 0) throw new Error(`laris ${args.join(' ')}: ${r.status}\n${r.stderr}`);
	return r.stdout;
}

/** A server on a port of its own: { port, url, log, stop }. */
export async function startLaris(dataDir, args = []) {
	const child = spawn(join(build, 'laris'), ['--db', join(dataDir, 'laris.db'), 'serve',
	    '--listen', '127.0.0.1:0', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
	const server = { log: '', port: 0, url: '', stop };
	const gone = new Promise((done) => child.once('exit', done));
	let stopped = false, early;

	async function stop() {
		if (stopped) return;
		stopped = true;
		child.kill('SIGTERM');
		await gone;
	}
	atEnd(stop);
	await new Promise((up, fail) => {
		child.once('error', fail);
		child.once('exit', early = (code) => fail(new Error(`laris serve ended (${code}):\n${server.log}`)));
		child.stderr.setEncoding('utf8');
		child.stderr.on('data', (text) => {
			server.log += text;
			const m = /\bmsg="?listening"?.*\bport=(\d+)/.exec(server.log);
			if (m) {
				server.port = Number(m[1]);
				up();
			}
		});
	});
	child.removeListener('exit', early);	// not the one stop() waits for
	server.url = `http://127.0.0.1:${server.port}`;
	return server;
}

// ---- the browser --------------------------------------------------------------

export async function launch(more = []) {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync',
			'--disable-dev-shm-usage', '--font-render-hinting=none', ...more],
	});
	atEnd(() => browser.close());
	return browser;
}

/**
 * A page that remembers what went wrong on it: page.problems holds errors
 * of scripts, of the console and of requests; page.loads what came over
 * the wire since the last navigation: { url, type, bytes }.
 */
export async function newPage(browser, options = {}) {
	const context = await browser.newContext({ viewport: PHONE, locale: 'id-ID',
		timezoneId: 'Asia/Jakarta', reducedMotion: 'reduce', ...options });
	const page = await context.newPage();
	const wire = await context.newCDPSession(page);
	const kinds = new Map();

	page.problems = [];
	page.loads = [];
	page.on('pageerror', (e) => page.problems.push(`script: ${e.message}`));
	page.on('console', (m) => {
		if (m.type() === 'error') page.problems.push(`console: ${m.text()}`);
	});
	await wire.send('Network.enable');
	wire.on('Network.responseReceived', (e) => {
		if (e.type === 'Document') page.loads.length = 0;
		kinds.set(e.requestId, { url: e.response.url, type: e.type });
	});
	wire.on('Network.loadingFinished', (e) => {
		const k = kinds.get(e.requestId);
		if (k) page.loads.push({ ...k, bytes: e.encodedDataLength });
	});
	return page;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations of WCAG 2.1 AA and of best practice, one line each. */
export async function axe(page) {
	if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axeSource);
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
		resultTypes: ['violations'],
	}));
	return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}: ${n.html.slice(0, 160)}`));
}

const validator = new HtmlValidate({
	extends: ['html-validate:standard', 'html-validate:a11y'],
	rules: {
		// how our templates write: fine by the standard, and shorter
		'doctype-style': 'off', 'no-trailing-whitespace': 'off', 'void-style': 'off',
		'attr-quotes': 'off', 'no-inline-style': 'error', 'long-title': 'off',
	},
});

/** What a validator says of a page as it came over the wire. */
export async function htmlFaults(html) {
	const report = await validator.validateString(html);
	return report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
}

/** Bytes over the wire for the page last loaded, without pictures. */
export function weight(page) {
	return page.loads.filter((l) => !['Image', 'Media', 'EventSource', 'Fetch'].includes(l.type))
		.reduce((sum, l) => sum + l.bytes, 0);
}

export async function scrollsSideways(page) {
	return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** What every page promises, at both sizes.  The page stays where it is. */
export async function checkPage(page, name) {
	const html = await page.evaluate(async () => (await fetch(location.href)).text());
	const faults = await htmlFaults(html);
	ok(faults.length === 0, `${name}: valid HTML`, faults.join('\n'));
	const holes = (await page.locator('body').innerText()).match(/.*\{\d\}.*/g) ?? [];
	ok(holes.length === 0, `${name}: every text has what belongs into it`, holes.join('\n'));
	const bare = await page.locator('table.stack tbody td:not(:first-child):not([data-th])').count();
	ok(bare === 0, `${name}: on a phone each cell of a table says what it is`, bare);
	const bytes = weight(page);
	ok(bytes <= WEIGHT_MAX, `${name}: ${(bytes / 1024).toFixed(1)} KiB without pictures`,
	    page.loads.map((l) => `${l.bytes} ${l.type} ${l.url}`).join('\n'));
	for (const size of [PHONE, DESK]) {
		const at = `${name} at ${size.width}x${size.height}`;
		await page.setViewportSize(size);
		ok(!await scrollsSideways(page), `${at}: does not scroll sideways`);
		const found = await axe(page);
		ok(found.length === 0, `${at}: axe finds nothing`, found.join('\n'));
		await shot(page, `${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}-${size.width}`);
	}
	await page.setViewportSize(PHONE);
	ok(page.problems.length === 0, `${name}: nothing in the console`, page.problems.join('\n'));
	page.problems.length = 0;
}

/** Every page at both sizes, for looking at: .data/shots, when ./dev shots runs. */
export async function shot(page, name, options = {}) {
	if (!process.env.SHOTS) return;
	const dir = join(root, '.data/shots');
	if (!existsSync(dir)) mkdirSync(dir, { recursive: true });
	await page.screenshot({ path: join(dir, `${name}.png`), fullPage: true, ...options });
}

/** Half as large and light, for the page of help inside the program. */
const HELP_PICTURES = ['stall', 'code', 'claim', 'card'];
async function thumbnail(page, name, size) {
	const wire = await page.context().newCDPSession(page);
	const { data } = await wire.send('Page.captureScreenshot', { format: 'webp', quality: 60,
		clip: { x: 0, y: 0, ...size, scale: 0.5 } });
	writeFileSync(join(root, 'web', `help-${name}.webp`), Buffer.from(data, 'base64'));
}

/** A picture of the guide, when ./dev shots asks for them: what a phone or a desk shows. */
export async function picture(page, name, size) {
	if (!process.env.SHOTS) return;
	const dir = join(root, 'docs/guide/shots');
	if (!existsSync(dir)) mkdirSync(dir, { recursive: true });
	const was = page.viewportSize();
	await page.setViewportSize(size);
	await page.screenshot({ path: join(dir, `${name}.png`) });
	if (HELP_PICTURES.includes(name)) await thumbnail(page, name, size);
	await page.setViewportSize(was);
}
