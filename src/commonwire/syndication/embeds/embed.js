// Places a frame after its own element, with what stands at data-address, and keeps it
// as high as what is in it. It asks for nothing else, and stores nothing.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const home = new URL(script.src).origin;
  const address = new URL(script.dataset.address ?? "/", home);
  if (address.origin !== home) return;

  const show = /^[a-z]+$/.test(script.dataset.show ?? "") ? `-${script.dataset.show}` : "";
  const frame = document.createElement("iframe");
  frame.src = `${home}${address.pathname.replace(/\/?$/, "/")}embed${show}.html`;
  frame.title = script.dataset.title ?? address.hostname;
  frame.loading = "lazy";
  frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
  frame.style.cssText = "display:block;inline-size:100%;block-size:340px;border:0";
  script.after(frame);

  addEventListener("message", ({ source, data }) => {
    const height = data?.commonwire;
    if (source !== frame.contentWindow || !Number.isFinite(height)) return;
    frame.style.blockSize = `${Math.min(Math.max(height, 60), 5000)}px`;
  });
})();
