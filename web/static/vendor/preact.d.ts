// The part of Preact, htm and signals that Foyer uses, for `tsc --checkJs`.

export type Key = string | number;
export interface VNode {
  type: unknown;
  props: Record<string, unknown>;
  key: Key | null | undefined;
}
export type Child = VNode | string | number | boolean | null | undefined | Signal<any> | Child[];
export type Component<P = any> = (props: P & { children?: Child; key?: Key }) => Child;

export function h(type: unknown, props: Record<string, unknown> | null, ...children: Child[]): VNode;
export function render(child: Child, into: Element | DocumentFragment): void;
export const Fragment: Component;
export function createContext<T>(value: T): { Provider: Component<{ value: T }>; Consumer: Component };
export interface Ref<T> { current: T | null }
export function createRef<T>(): Ref<T>;

export function useState<T>(initial: T | (() => T)): [T, (next: T | ((old: T) => T)) => void];
export function useEffect(run: () => void | (() => void), when?: readonly unknown[]): void;
export function useLayoutEffect(run: () => void | (() => void), when?: readonly unknown[]): void;
export function useRef<T>(initial: T): { current: T };
export function useRef<T>(initial: null): Ref<T>;
export function useMemo<T>(make: () => T, when: readonly unknown[]): T;
export function useCallback<F extends (...given: any[]) => any>(call: F, when: readonly unknown[]): F;
export function useId(): string;
export function useContext<T>(context: { Provider: Component<{ value: T }> }): T;

export class Signal<T = any> {
  constructor(value: T);
  value: T;
  peek(): T;
  subscribe(call: (value: T) => void): () => void;
}
export interface ReadonlySignal<T = any> {
  readonly value: T;
  peek(): T;
  subscribe(call: (value: T) => void): () => void;
}
export function signal<T>(value: T): Signal<T>;
export function computed<T>(make: () => T): ReadonlySignal<T>;
export function effect(run: () => void | (() => void)): () => void;
export function batch<T>(run: () => T): T;
export function untracked<T>(run: () => T): T;
export function useSignal<T>(value: T): Signal<T>;
export function useComputed<T>(make: () => T): ReadonlySignal<T>;
export function useSignalEffect(run: () => void | (() => void)): void;

export function html(strings: TemplateStringsArray, ...values: any[]): any;
