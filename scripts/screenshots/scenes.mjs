/**
 * Owns the photos that the screenshots show: landscapes drawn from numbers, so that nobody's photo is in the project.
 * Knows nothing of the window.
 */
import path from 'node:path';
import sharp from 'sharp';

const SCENES = [
  {
    name: 'DSC_0412 ridge at dusk.jpg',
    sky: ['#1d2b53', '#7e5a8c', '#f2a65a'],
    sun: [0.68, 0.52],
    hills: '#2a1f3d',
    seed: 3,
  },
  {
    name: 'DSC_0415 first light.jpg',
    sky: ['#5b8db8', '#bcd6e2', '#fbe8c8'],
    sun: [0.3, 0.5],
    hills: '#3d5a4c',
    seed: 11,
  },
  { name: 'DSC_0420 dunes.jpg', sky: ['#3f6f9f', '#8fb7cf', '#e8cfa4'], sun: [0.5, 0.3], hills: '#a8693a', seed: 23 },
  {
    name: 'DSC_0421 dunes, later.jpg',
    sky: ['#22303f', '#805a4a', '#e0894f'],
    sun: [0.42, 0.55],
    hills: '#5c3223',
    seed: 29,
  },
  { name: 'DSC_0433 fjord.jpg', sky: ['#4d6478', '#93a8b3', '#d9dfd8'], sun: [0.8, 0.25], hills: '#26414a', seed: 41 },
  {
    name: 'DSC_0438 northern night.jpg',
    sky: ['#06121f', '#0d3b45', '#2f8f6b'],
    sun: [0.2, 0.2],
    hills: '#050b10',
    seed: 57,
  },
  {
    name: 'DSC_0447 autumn slope.jpg',
    sky: ['#7fa3bf', '#c9d5d2', '#f0dcc0'],
    sun: [0.6, 0.35],
    hills: '#8a4a1d',
    seed: 71,
  },
];

/** Writes them as JPEGs of 24 MP. @returns {Promise<string[]>} their paths */
export function drawScenes(folder) {
  return Promise.all(
    SCENES.map(async (scene) => {
      const file = path.join(folder, scene.name);
      const small = await sharp(Buffer.from(svgOf(scene)))
        .removeAlpha()
        .toBuffer();
      await sharp(small)
        .resize(6000, 4000)
        .withExif({ IFD0: { Make: 'Photomill', Model: 'Drawn' } })
        .jpeg({ quality: 88 })
        .toFile(file);
      return file;
    }),
  );
}

function svgOf({ sky, sun, hills, seed }) {
  const [width, height] = [1500, 1000];
  const random = generator(seed);
  const ridges = Array.from({ length: 5 }, (_, i) => {
    const points = ridge(random, width, height * (0.52 + i * 0.1), height * (0.13 - i * 0.014));
    const haze = 0.62 - i * 0.155;
    return `<g><path d="${points}" fill="${hills}"/><path d="${points}" fill="${sky[1]}" opacity="${haze}"/></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="0.75">
        ${sky.map((colour, i) => `<stop offset="${i / 2}" stop-color="${colour}"/>`).join('')}
      </linearGradient>
      <radialGradient id="sun"><stop offset="0" stop-color="#fff6dc"/><stop offset="0.12" stop-color="#ffe9b8" stop-opacity="0.9"/>
        <stop offset="1" stop-color="${sky[2]}" stop-opacity="0"/></radialGradient>
      <filter id="cloud" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="0.0025 0.009" numOctaves="5" seed="${seed}"/>
        <feColorMatrix values="0 0 0 0 1  0 0 0 0 0.96  0 0 0 0 0.92  1.6 0 0 0 -0.75"/></filter>
      <filter id="grain" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="0.7" numOctaves="2" seed="${seed + 1}"/>
        <feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  0.5 0 0 0 -0.18"/></filter>
    </defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${sun[0] * width}" cy="${sun[1] * height}" r="${height * 0.42}" fill="url(#sun)"/>
    <rect width="100%" height="70%" filter="url(#cloud)" opacity="0.7"/>
    ${ridges.join('\n')}
    <rect width="100%" height="100%" filter="url(#grain)" opacity="0.35"/>
  </svg>`;
}

/** A jagged line by midpoint displacement, closed along the lower edge. */
function ridge(random, width, middle, rough) {
  let heights = [middle + (random() - 0.5) * rough, middle + (random() - 0.5) * rough];
  for (let spread = rough; heights.length < 500; spread *= 0.54) {
    heights = heights.flatMap((y, i) =>
      i === heights.length - 1 ? [y] : [y, (y + heights[i + 1]) / 2 + (random() - 0.5) * spread * 2],
    );
  }
  const step = width / (heights.length - 1);
  return `M0 1000${heights.map((y, i) => `L${(i * step).toFixed(1)} ${y.toFixed(1)}`).join('')}L${width} 1000Z`;
}

/** Mulberry32: the same scene at every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
