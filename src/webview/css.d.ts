/** The bundler puts these into a style sheet beside the script. */
declare module "*.css";
