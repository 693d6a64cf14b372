// Mouse, finger and pen on a stage of boxes: an empty place draws a box, its middle moves
// it, its edges size it. A tap stays a tap.

const A_TAP = 5; // pixels
const EDGE = 16;

export function drags(boxes) {
  const { stage } = boxes;
  let pull = null;

  stage.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary && !pull) {
      pull = begun(boxes, event);
    }
  });
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerId === pull?.pointer) {
      moved(boxes, pull, event);
    }
  });
  stage.addEventListener("pointerup", (event) => {
    if (event.pointerId === pull?.pointer) {
      pull.box && boxes.element(pull.box)?.focus();
      pull = null;
    }
  });
  // Two fingers zoom: what the first had begun was not meant.
  stage.addEventListener("pointercancel", () => {
    if (pull?.moving) {
      boxes.undo();
    }
    pull = null;
  });
  stage.addEventListener("dragstart", (event) => event.preventDefault());
  // The click that ends a pull is none.
  stage.addEventListener("click", (event) => event.target === stage && event.preventDefault());
}

function begun(boxes, event) {
  const box = boxes.boxOf(event.target.closest(".box"));
  return {
    pointer: event.pointerId,
    x: event.clientX,
    y: event.clientY,
    box,
    before: box && { ...box },
    edges: box ? edges(boxes.element(box).getBoundingClientRect(), event) : null,
    moving: false,
  };
}

function edges(frame, { clientX, clientY }) {
  const aside = Math.min(EDGE, frame.width / 4);
  const above = Math.min(EDGE, frame.height / 4);
  return {
    left: clientX < frame.left + aside,
    right: clientX > frame.right - aside,
    top: clientY < frame.top + above,
    bottom: clientY > frame.bottom - above,
  };
}

function moved(boxes, pull, event) {
  const frame = boxes.stage.getBoundingClientRect();
  if (!pull.moving) {
    if (Math.hypot(event.clientX - pull.x, event.clientY - pull.y) < A_TAP) {
      return;
    }
    pull.moving = true;
    boxes.stage.setPointerCapture(pull.pointer);
    boxes.remember();
    if (!pull.box) {
      pull.box = boxes.put({ ...between(frame, pull, event) });
    }
  }
  const sides = pull.before ? pulled(frame, pull, event) : between(frame, pull, event);
  boxes.change(pull.box, sides);
}

function between(frame, from, to) {
  const [left, right] = [from.x, to.clientX].sort((one, other) => one - other);
  const [top, bottom] = [from.y, to.clientY].sort((one, other) => one - other);
  return within(
    (left - frame.left) / frame.width,
    (top - frame.top) / frame.height,
    (right - frame.left) / frame.width,
    (bottom - frame.top) / frame.height,
  );
}

function pulled(frame, { x, y, before, edges }, to) {
  const aside = (to.clientX - x) / frame.width;
  const above = (to.clientY - y) / frame.height;
  if (!Object.values(edges).some(Boolean)) {
    return { ...before, left: before.left + aside, top: before.top + above };
  }
  const left = before.left + (edges.left ? aside : 0);
  const top = before.top + (edges.top ? above : 0);
  const right = before.left + before.width + (edges.right ? aside : 0);
  const bottom = before.top + before.height + (edges.bottom ? above : 0);
  return within(left, top, right, bottom);
}

function within(left, top, right, bottom) {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  return { left: x, top: y, width: Math.min(1, right) - x, height: Math.min(1, bottom) - y };
}
