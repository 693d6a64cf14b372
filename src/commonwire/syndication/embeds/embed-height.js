// In the frame: tells the page around it how high it is, and nothing else.
(() => {
  if (parent === window) return;
  const tell = () => parent.postMessage({ commonwire: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  new ResizeObserver(tell).observe(document.body);
  tell();
})();
