// The worker behind the page "check it yourself": reads files (fetched or
// dropped), runs the checks, and tells the page how far it is.  The card's
// secret comes here from the page and goes nowhere.
import { readSums, verifyWithLog } from './check.mjs';

const SIZE_MAX = 256 << 20;		// bytes of one file; more is for `laris verify`
const BESIDE = 'SHA256SUMS';

const OF_THE_LOG = /\.tlog-proof$|^policy\.txt$/;
const ANNOUNCED = /^(?:sample|after\/[0-9]{3}-(?:redraw|returned|handover))\.txt$/;

const say = (step, done, total) => self.postMessage({ step, done, total });

async function get(base, name) {
	const reply = await fetch(`${base}/${name.split('/').map(encodeURIComponent).join('/')}`, { credentials: 'omit' });
	// what the log makes when asked may be missing for many reasons: then it is not checked
	if (reply.status === 404 || (!reply.ok && OF_THE_LOG.test(name)))
		return undefined;
	if (!reply.ok)
		throw new Error(`${name}: ${reply.status}`);
	return new Uint8Array(await reply.arrayBuffer());
}

/** What the page names, and what SHA256SUMS names beside it. */
async function fetched(base, names) {
	const files = new Map();
	const want = [BESIDE, 'freeze.tlog-proof', 'policy.txt', ...names.filter((n) => n !== BESIDE)];
	for (let i = 0; i < want.length; i++) {
		say('fetch', i, want.length);
		const bytes = await get(base, want[i]);
		if (!bytes)
			continue;
		files.set(want[i], bytes);
		if (ANNOUNCED.test(want[i]))
			want.push(want[i].replace(/txt$/, 'tlog-proof'));
		if (want[i] !== BESIDE)
			continue;
		try {
			want.push(...[...readSums(bytes).keys()].filter((n) => !want.includes(n)));
		} catch { /* the check itself says what is wrong with it */ }
	}
	return files;
}

async function dropped(list) {
	const files = new Map();
	for (const { name, file } of list) {
		if (file.size > SIZE_MAX)
			throw Object.assign(new Error(name), { code: 'too-large' });
		files.set(name, new Uint8Array(await file.arrayBuffer()));
	}
	return files;
}

const LOG_ASKED = { most: 250000, bytes: 64 << 20 };	// of a log that is downloaded
const LOG_KEPT = { most: 2000000, bytes: 1 << 30 };	// of a copy on this device

/** The city's log: a copy that was chosen, or the address beside this page. */
function logOf({ log }) {
	if (!log)
		return { whole: false, get: () => Promise.resolve(undefined) };
	if (log.list) {
		const files = new Map(log.list.map(({ name, file }) => [name, file]));
		return { ...LOG_KEPT, whole: log.whole, wider: true, get: async (path) => {
			const file = files.get(path);
			return file && file.size <= SIZE_MAX ? new Uint8Array(await file.arrayBuffer()) : undefined;
		} };
	}
	// what does not come is told as not checked: the draw's own files are another matter
	return { ...LOG_ASKED, whole: log.whole, get: (path) => get(log.base, path).catch(() => undefined) };
}

self.onmessage = async ({ data }) => {
	const start = performance.now();
	try {
		const files = data.list ? await dropped(data.list) : await fetched(data.base, data.names);
		const read = performance.now();
		const policy = data.policy && new Uint8Array(await data.policy.arrayBuffer());
		const result = await verifyWithLog(files, { ...data, policy, log: logOf(data) }, say);
		self.postMessage({ result, took: { read: read - start, check: performance.now() - read } });
	} catch (e) {
		self.postMessage({ error: e.code ?? 'network', what: e.message });
	}
};
