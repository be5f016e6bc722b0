// Reads a QR code by the camera or from a photo, and puts what it says into
// the field the button stands at.  Loaded by laris.js when it is pressed.
const SIZES = [1000, 600, 1600];	// a photo is tried at these; a frame at the first
const EVERY = 150;			// milliseconds between two frames

const wanted = {
	card: (text) => /\/card\/(\d{9})(?!\d)/.exec(text)?.[1] ??
		/^\d{4} ?\d{4} ?\d$/.exec(text.trim())?.[0],
	qris: (text) => text.startsWith("000201") ? text : undefined,
};

function read(picture, width, height, size) {
	const scale = Math.min(1, size / Math.max(width, height));
	const canvas = document.createElement("canvas");
	canvas.width = Math.round(width * scale);
	canvas.height = Math.round(height * scale);
	const pen = canvas.getContext("2d", { willReadFrequently: true });
	pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
	const dots = pen.getImageData(0, 0, canvas.width, canvas.height);
	return self.jsQR(dots.data, canvas.width, canvas.height)?.data;
}

class Scanner {
	constructor(box) {
		this.box = box;
		this.panel = box.querySelector("div");
		this.status = box.querySelector("p");
		this.field = box.closest("form").elements[box.dataset.scan];
		this.panel.querySelector("button").addEventListener("click", () => this.close());
		const photo = this.panel.querySelector("input");
		photo.addEventListener("change", () => this.photo(photo));
	}

	say(what) {
		this.status.textContent = this.status.dataset[what];
	}

	/** What was read: into the field when it is of the kind wanted. */
	take(text) {
		const value = wanted[this.box.dataset.kind](text);
		if (!value) {
			this.say("other");
			return false;
		}
		this.close();
		this.field.value = value;
		this.field.dispatchEvent(new Event("input", { bubbles: true }));
		this.field.focus();
		if (this.box.dataset.kind === "qris")
			this.field.form.requestSubmit();
		return true;
	}

	async photo(input) {
		if (!input.files.length)
			return;
		let text;
		try {
			const bitmap = await createImageBitmap(input.files[0]);
			for (const size of SIZES)
				text ??= read(bitmap, bitmap.width, bitmap.height, size);
		} catch { /* no picture at all: nothing is found in it */ }
		input.value = "";
		if (text)
			this.take(text);
		else
			this.say("none");
	}

	async open() {
		this.panel.hidden = false;
		this.say("look");
		try {
			this.stream = await navigator.mediaDevices.getUserMedia({
				video: { facingMode: "environment", width: { ideal: 1280 } } });
		} catch {
			if (this.status.textContent === this.status.dataset.look)
				this.say("camera");
			return;
		}
		if (this.panel.hidden)
			return this.close();
		this.video = document.createElement("video");
		this.video.muted = this.video.playsInline = true;
		this.video.width = this.panel.clientWidth;
		this.video.srcObject = this.stream;
		this.panel.prepend(this.video);
		await this.video.play().catch(() => {});
		this.look();
	}

	look() {
		const v = this.video;
		if (!v)
			return;
		const text = v.videoWidth && read(v, v.videoWidth, v.videoHeight, SIZES[0]);
		if (!text || !this.take(text))
			setTimeout(() => this.look(), EVERY);
	}

	close() {
		for (const track of this.stream?.getTracks() ?? [])
			track.stop();
		this.video?.remove();
		this.stream = this.video = undefined;
		this.panel.hidden = true;
	}
}

const open = new Map();

export async function scan(box) {
	await import(box.dataset.library);
	if (!open.has(box))
		open.set(box, new Scanner(box));
	const scanner = open.get(box);
	if (scanner.panel.hidden)
		await scanner.open();
	else
		scanner.close();
}
