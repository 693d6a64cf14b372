// Finds faces on the device: the finder comes from this site, and no picture leaves.

const PADDING = 0.5; // this finder's boxes end at the brows
const LEAST = 0.3;

export async function findFaces(canvas, place) {
  const api = await import(`${place}face-api.esm.js`);
  const finder = api.nets.ssdMobilenetv1;
  if (!finder.isLoaded) {
    await finder.loadFromUri(place);
  }
  const asked = new api.SsdMobilenetv1Options({ minConfidence: LEAST, maxResults: 200 });
  const found = await api.detectAllFaces(canvas, asked);
  return found.map(({ relativeBox }, index) => padded(relativeBox, index + 1));
}

function padded({ x, y, width, height }, number) {
  const [aside, above] = [(width * PADDING) / 2, (height * PADDING) / 2];
  const [left, top] = [Math.max(0, x - aside), Math.max(0, y - above)];
  const right = Math.min(1, x + width + aside);
  const bottom = Math.min(1, y + height + above);
  return { number, left, top, width: right - left, height: bottom - top };
}
