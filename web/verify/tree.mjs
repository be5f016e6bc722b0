// RFC 6962: a tree of hashes, grown leaf by leaf.
import { sha256 } from '@noble/hashes/sha2.js';

export function leafOf(data) {
	const bytes = new Uint8Array(1 + data.length);
	bytes.set(data, 1);
	return sha256(bytes);
}

/** The roots of full trees so far, smallest last. */
export class Tree {
	constructor() {
		this.stack = [];
		this.size = 0;
		this.pair = new Uint8Array(65);
		this.pair[0] = 1;
	}

	node(left, right) {
		this.pair.set(left, 1);
		this.pair.set(right, 33);
		return sha256(this.pair);
	}

	add(data) {
		this.leaf(leafOf(data));
	}

	leaf(hash) {
		let up = hash;
		for (let n = this.size++; n % 2 === 1; n = (n - 1) / 2)
			up = this.node(this.stack.pop(), up);
		this.stack.push(up);
	}

	root() {
		return this.stack.reduceRight((right, left) => this.node(left, right));
	}
}
