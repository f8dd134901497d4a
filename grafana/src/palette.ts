// The colours of the lab's reports (Palette.java in lab-runner), by Okabe and Ito, which the colour-blind can tell apart. Blue is
// well, orange is partly well, and everything else is some way to fail. A key has the same colour wherever it appears; a test
// compares them with the reports'.

/** What something is called in the metrics, what a person reads, and its colour. */
export interface Swatch {
  readonly key: string;
  readonly name: string;
  readonly colour: string;
}

const swatch = (key: string, name: string, colour: string): Swatch => ({ key, name, colour });

export const BLUE = '#0072B2';
export const ORANGE = '#E69F00';
export const VERMILLION = '#D55E00';
export const PURPLE = '#CC79A7';
export const DARK_PURPLE = '#A8628F';
export const VIOLET = '#6F4DFF';
export const SKY = '#56B4E9';
export const YELLOW = '#F0E442';
export const GREEN = '#009E73';
export const BROWN = '#B8860B';
export const GREY = '#9AA0A8';
/** The theme's colour of text, for what is black on white paper and would not be seen on a dark screen. */
export const TEXT = 'text';

/** What users got, in the order in which charts stack it: the best at the bottom. */
export const PAGES = [
  swatch('full', 'full', BLUE),
  swatch('degraded', 'degraded', ORANGE),
  swatch('refused', 'refused (401, 403)', SKY),
  swatch('failed', 'failed', VERMILLION),
] as const;

/** What calls and attempts end in, and what retries and fallbacks are caused by. */
export const OUTCOMES = [
  swatch('success', 'success', BLUE),
  swatch('rejected', 'rejected (4xx)', SKY),
  swatch('throttled', 'throttled (429)', GREEN),
  swatch('bad_response', 'bad response', YELLOW),
  swatch('server_error', 'server error (5xx)', VERMILLION),
  swatch('timed_out', 'timed out', PURPLE),
  swatch('connection_lost', 'connection lost', VIOLET),
  swatch('connection_failed', 'connection failed', TEXT),
  swatch('deadline_exceeded', 'deadline exceeded', DARK_PURPLE),
  swatch('breaker_open', 'breaker open', ORANGE),
  swatch('bulkhead_full', 'bulkhead full', BROWN),
  swatch('cancelled', 'cancelled', GREY),
  swatch('none', 'no failure', GREY),
] as const;

/** The states of a circuit breaker, by their number in the recording rule. */
export const BREAKERS = [
  swatch('0', 'closed', BLUE),
  swatch('1', 'half-open (probing)', YELLOW),
  swatch('2', 'open', VERMILLION),
] as const;

/** Whether an instance answered Prometheus. */
export const PRESENCE = [swatch('0', 'gone', VERMILLION), swatch('1', 'there', BLUE)] as const;

/** Whether a proxy of the fault injector lets connections in. */
export const LISTENING = [swatch('0', 'refusing', VERMILLION), swatch('1', 'listening', BLUE)] as const;

/** Whether a toxic does something now. */
export const EFFECT = [swatch('0', 'not in effect', GREY), swatch('1', 'in effect', ORANGE)] as const;

/** The toxics that know connections and bytes, and nothing of what is in them. */
export const TOXICS = [
  swatch('latency', 'latency', PURPLE),
  swatch('timeout', 'timeout (black hole)', DARK_PURPLE),
  swatch('reset_peer', 'reset_peer', TEXT),
  swatch('bandwidth', 'bandwidth', BROWN),
  swatch('limit_data', 'limit_data', YELLOW),
  swatch('slow_close', 'slow_close', SKY),
  swatch('slicer', 'slicer', GREEN),
  swatch('noop', 'noop', BLUE),
  swatch('none', 'no toxic', GREY),
] as const;

/** Those that understand HTTP, in the colour of the one above that comes nearest. */
export const HTTP_TOXICS = [
  swatch('http_latency', 'http_latency', PURPLE),
  swatch('http_status', 'http_status', VERMILLION),
  swatch('http_drip', 'http_drip', BROWN),
  swatch('http_truncate', 'http_truncate', YELLOW),
  swatch('http_replace', 'http_replace', SKY),
  swatch('http_headers', 'http_headers', GREEN),
  swatch('http_corrupt', 'http_corrupt', ORANGE),
  swatch('none', 'no toxic', GREY),
] as const;

/** How the fault injector lost connections that it had let in. */
export const LOSSES = [
  swatch('cut', 'cut, since the proxy was disabled, moved or removed', VERMILLION),
  swatch('no upstream', 'upstream out of reach', TEXT),
] as const;

/** What the fault injector's memory holds. */
export const MEMORY = [
  swatch('nonheap', 'classes, compiled code', GREY),
  swatch('heap', 'heap', BLUE),
  swatch('buffers', 'buffers for the bytes of connections', ORANGE),
] as const;

/** Services, as those that work and as upstreams of others. A line for each instance, so one service may have several of a colour. */
export const SERVICES = [
  swatch('homepage', 'homepage', TEXT),
  swatch('auth', 'auth', GREY),
  swatch('recommendations', 'recommendations', PURPLE),
  swatch('popularity', 'popularity', GREEN),
] as const;

/** Quantiles: the further out, the worse off the user. */
export const QUANTILES = [
  swatch('0.5', 'half of them (p50)', BLUE),
  swatch('0.95', '95 of 100 (p95)', ORANGE),
  swatch('0.99', '99 of 100 (p99)', VERMILLION),
] as const;

/** How an HTTP request was answered, as patterns of statuses. Later ones win. */
export const STATUSES = [
  swatch('/^[123]../', '', BLUE),
  swatch('/^4../', '', SKY),
  swatch('/^429/', '', GREEN),
  swatch('/^5../', '', VERMILLION),
  swatch('/^504/', '', PURPLE),
] as const;

/** Why a service turned a request away before it worked on it. */
export const REJECTIONS = [
  swatch('queue_full', 'queue full (503)', VERMILLION),
  swatch('deadline_too_short', 'deadline too short (504)', PURPLE),
] as const;

/** Connections to an upstream. */
export const CONNECTIONS = [
  swatch('leased', 'in use', BLUE),
  swatch('idle', 'idle', GREY),
  swatch('pending', 'waited for', VERMILLION),
] as const;

/** Places in a bulkhead. */
export const PLACES = [swatch('taken', 'taken', BLUE), swatch('all', 'all there are', GREY)] as const;

/** Shares of the calls that a breaker has in its window. */
export const WINDOW = [swatch('failures', 'failed', VERMILLION), swatch('slow calls', 'slow', ORANGE)] as const;

/** Windows over which the error budget's burn is taken; the shorter, the louder. */
export const BURN_WINDOWS = [
  swatch('5m', 'last 5 minutes', VERMILLION),
  swatch('30m', 'last 30 minutes', PURPLE),
  swatch('1h', 'last hour', ORANGE),
  swatch('6h', 'last 6 hours', BLUE),
] as const;

/** What the lab does to the system, as vertical lines. */
export const EVENTS = [
  swatch('fault', 'Faults', VERMILLION),
  swatch('heal', 'Heals', GREEN),
  swatch('load', 'Load', PURPLE),
  swatch('breaker', 'Breakers', SKY),
  swatch('variant', 'Variants', GREY),
] as const;
