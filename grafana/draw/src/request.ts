/** What is to be drawn. draw.mjs leaves it in the page before the page's own code runs. */
export interface DrawingRequest {
  /** The name of the dashboard's file, without its ending. */
  readonly dashboard: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly theme: 'dark' | 'light';
  /** As Grafana's API gives them out: `GET /api/annotations`. */
  readonly annotations: readonly Annotation[];
}

export interface Annotation {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly tags: readonly string[];
  readonly text: string;
}

declare global {
  interface Window {
    drawing: DrawingRequest;
    /** How many panels are still without data; draw.mjs waits for 0. */
    waiting: number;
    /** What went wrong, for draw.mjs to tell. */
    complaints: string[];
  }
}
