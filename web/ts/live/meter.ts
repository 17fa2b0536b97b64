/** How loud a microphone is, and a short sound to try the speaker with. */
import { chosen } from "./choice";

export class Meter {
  #context: AudioContext | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #analyser: AnalyserNode | null = null;
  #samples = new Float32Array(1024);

  /** Listens to `track` from now on, or to nothing. */
  watch(track: MediaStreamTrack | null): void {
    this.#source?.disconnect();
    this.#source = null;
    this.#analyser = null;
    if (!track) {
      // Without a microphone the context is given back, so that the tab does not keep audio hardware awake.
      void this.#context?.close();
      this.#context = null;
      return;
    }
    this.#context ??= new AudioContext();
    void this.#context.resume().catch(() => undefined);
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = this.#samples.length;
    // A clone of the track would keep the device's light on after the original stops, so the track itself is used.
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** 0 for silence, 1 for loud speech: the scale is logarithmic, as ears are. */
  level(): number {
    if (!this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / this.#samples.length + 1e-10);
    return Math.min(1, Math.max(0, (decibels + 60) / 50));
  }
}

/** Plays two soft notes on the chosen speaker; resolves when they are over. */
export async function testSound(): Promise<void> {
  const context = new AudioContext();
  try {
    await useChosenSpeaker(context);
    await context.resume();
    const start = context.currentTime + 0.05;
    note(context, 523.25, start);
    await note(context, 783.99, start + 0.35);
  } finally {
    await context.close();
  }
}

/** Rings softly on the chosen speaker. A page that nobody has touched yet would ring only later, when somebody does. */
export async function ring(): Promise<void> {
  if (navigator.userActivation?.hasBeenActive === false) return;
  const context = new AudioContext();
  try {
    await useChosenSpeaker(context);
    await context.resume();
    await note(context, 880, context.currentTime + 0.02);
  } catch {
    // Who hears nothing still sees the badge.
  } finally {
    await context.close();
  }
}

async function useChosenSpeaker(context: AudioContext): Promise<void> {
  const sink = chosen("speaker");
  const routed = context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
  if (sink && routed.setSinkId) await routed.setSinkId(sink).catch(() => undefined);
}

function note(context: AudioContext, frequency: number, at: number): Promise<void> {
  const oscillator = new OscillatorNode(context, { frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.65);
  return new Promise((resolve) => {
    oscillator.onended = () => resolve();
  });
}
