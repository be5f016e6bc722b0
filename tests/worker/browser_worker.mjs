// The browser's check (web/verify) on many folders, for verify_diff_test.py: a line
// "FOLDER<tab>POLICY<tab>LOG" in ("-": none), a line "VERDICT JSON" out.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { verify, verifyWithLog } from '../../web/verify/check.mjs';

function filesOf(folder, path = '', out = new Map()) {
	for (const name of readdirSync(join(folder, path))) {
		const at = path + name;
		if (statSync(join(folder, at)).isDirectory())
			filesOf(folder, `${at}/`, out);
		else
			out.set(at, new Uint8Array(readFileSync(join(folder, at))));
	}
	return out;
}

/** The copy of a log in a folder, as a visitor drops it. */
function logOf(folder) {
	return { whole: true, wider: true, most: 1e6, bytes: 1e9, async get(path) {
		const at = join(folder, path);
		return existsSync(at) && statSync(at).isFile() ? new Uint8Array(readFileSync(at)) : undefined;
	} };
}

for await (const line of createInterface({ input: process.stdin })) {
	const [folder, policy, log] = line.split('\t');
	let said;
	try {
		const mine = policy !== '-' && existsSync(policy) ? new Uint8Array(readFileSync(policy)) : undefined;
		said = log && log !== '-' ? await verifyWithLog(filesOf(folder), { policy: mine, log: logOf(log) }) :
			verify(filesOf(folder), undefined, undefined, mine);
	} catch (e) {
		said = { verdict: { all: 'threw' }, part: String(e.stack) };
	}
	process.stdout.write(`${said.verdict.all} ${JSON.stringify(said.part)}\n`);
}
