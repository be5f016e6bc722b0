// Bundles of tests/golden, for the browser's check: name -> bytes.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../e2e/lib.mjs';

function filesOf(folder, path = '', out = new Map()) {
	for (const e of readdirSync(join(folder, path), { withFileTypes: true }))
		if (e.isDirectory())
			filesOf(folder, `${path}${e.name}/`, out);
		else
			out.set(path + e.name, new Uint8Array(readFileSync(join(folder, path, e.name))));
	return out;
}

export const golden = (name) => filesOf(join(root, 'tests/golden', name));
/** Whom to believe of draw-whole and draw-annulled. */
export const POLICY = new Uint8Array(readFileSync(join(root, 'tests/golden/draw-whole-policy.txt')));
