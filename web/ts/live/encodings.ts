/** How each source is encoded: the figures of the room's picture and sound. */
import type { types } from "mediasoup-client";
import type { Source } from "./messages";

type Options = Pick<types.ProducerOptions, "encodings" | "codecOptions" | "codec">;

/** Three sizes of the camera, of which the server picks one per viewer. */
const CAMERA_LAYERS: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: "L1T3" },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: "L1T3" },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: "L1T3" },
];

export function encoding(source: Source, device: types.Device): Options {
  switch (source) {
    case "microphone":
      return { codecOptions: { opusDtx: true, opusFec: true, opusStereo: false } };
    case "screenAudio":
      return { codecOptions: { opusDtx: false, opusFec: true, opusStereo: true } };
    case "camera":
      return { encodings: CAMERA_LAYERS, codecOptions: { videoGoogleStartBitrate: 1000 }, ...vp8(device) };
    case "screen":
      return {
        encodings: [{ maxBitrate: 2_500_000 }],
        codecOptions: { videoGoogleStartBitrate: 1000 },
        ...vp8(device),
      };
  }
}

/** VP8 where both sides have it, since simulcast works with it everywhere; else what the device prefers. */
function vp8(device: types.Device): Pick<types.ProducerOptions, "codec"> {
  const codec = device.sendRtpCapabilities.codecs?.find((codec) => codec.mimeType.toLowerCase() === "video/vp8");
  return codec ? { codec } : {};
}
