// What esbuild turns into an address: the optimised module, copied under a hashed name.
declare module "*.wasm" {
  const address: string;
  export default address;
}
