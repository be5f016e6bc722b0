// Comforts only: every page works without this file.

// 125000 becomes 125.000 while it is typed; "1,5 juta" is left as it is.
document.addEventListener("input", (e) => {
	const box = e.target;
	if (!box.closest(".money") || !/^[\d.]+$/.test(box.value))
		return;
	const behind = box.value.slice(box.selectionEnd).replace(/\D/g, "").length;
	box.value = box.value.replace(/\D/g, "").replace(/^0+(?=\d)/, "")
		.replace(/\B(?=(\d{3})+$)/g, ".");
	let at = box.value.length;
	for (let n = behind; n > 0; at--)
		if (box.value[at - 1] !== ".")
			n--;
	box.setSelectionRange(at, at);
});

// A second tap on the button while the first is under way sends nothing.
// (The server would answer it the same; this saves a slow phone the wait.)
document.addEventListener("submit", (e) => {
	if (e.target.dataset.sent)
		e.preventDefault();
	e.target.dataset.sent = "1";
});
addEventListener("pageshow", () => {
	for (const form of document.forms)
		delete form.dataset.sent;
});

// What is wrong with a form is where the eye and the reader begin.
document.querySelector("form .note.bad")?.focus();

// Live figures: <div data-live="URL"> … <b data-key="rupiah">; each event
// is a JSON object of texts.  A page nobody looks at does not listen.
function show(box, e) {
	for (const [key, text] of Object.entries(JSON.parse(e.data)))
		for (const el of box.querySelectorAll(`[data-key="${CSS.escape(key)}"]`))
			el[el.matches("progress") ? "value" : "textContent"] = text;
}

for (const box of document.querySelectorAll("[data-live]")) {
	let stream;
	const listen = () => {
		stream?.close();
		if (document.hidden)
			return;
		stream = new EventSource(box.dataset.live);
		stream.onmessage = (e) => show(box, e);
	};
	document.addEventListener("visibilitychange", listen);
	addEventListener("pagehide", () => stream?.close());
	addEventListener("pageshow", (e) => e.persisted && listen());
	listen();
}

// A code is read instead of typed, where the browser can look at pictures.
for (const box of document.querySelectorAll("[data-scan]")) {
	box.hidden = !window.createImageBitmap;
	box.querySelector("button").addEventListener("click",
	    async () => (await import(box.dataset.reader)).scan(box));
}
