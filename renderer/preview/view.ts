/** Owns how the photographer looks at the picture: arrangement, zoom, the place in it, the split line. Not what is in it. */
import { create } from 'zustand';

export const ARRANGEMENTS = ['split', 'side', 'stack', 'original'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];
/** Device pixels a source pixel takes; `fit`: the whole picture in the pane. */
export type Zoom = 'fit' | 1 | 2;

interface ViewState {
  readonly arrangement: Arrangement;
  /** What the original's key goes back to. */
  readonly compared: Exclude<Arrangement, 'original'>;
  readonly zoom: Zoom;
  /** The point of the picture in the middle of the pane, as fractions of its sides; both sides share it. */
  readonly centre: { readonly x: number; readonly y: number };
  /** Where the line stands, as a fraction of the picture in sight. */
  readonly split: number;
  /** Only the picture, without panes. */
  readonly full: boolean;
}

const MIDDLE = { x: 0.5, y: 0.5 };

export const useView = create<ViewState>()(() => ({
  arrangement: 'split',
  compared: 'split',
  zoom: 'fit',
  centre: MIDDLE,
  split: 0.5,
  full: false,
}));

export function arrange(arrangement: Arrangement): void {
  useView.setState(arrangement === 'original' ? { arrangement } : { arrangement, compared: arrangement });
}

export function toggleOriginal(): void {
  const { arrangement, compared } = useView.getState();
  useView.setState({ arrangement: arrangement === 'original' ? compared : 'original' });
}

export function zoomTo(zoom: Zoom, centre?: ViewState['centre']): void {
  useView.setState(centre === undefined ? { zoom } : { zoom, centre });
}

export function toggleZoom(centre?: ViewState['centre']): void {
  zoomTo(useView.getState().zoom === 'fit' ? 1 : 'fit', centre);
}

export function look(centre: ViewState['centre']): void {
  useView.setState({ centre });
}

export function moveSplit(split: number): void {
  useView.setState({ split: Math.max(0, Math.min(1, split)) });
}

export function toggleFull(): void {
  useView.setState(({ full }) => ({ full: !full }));
}

export function leaveFull(): void {
  useView.setState({ full: false });
}
