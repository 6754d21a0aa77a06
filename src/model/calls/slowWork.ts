import type { JavaMethod } from "../../facts/java/javaFacts.ts";
import type { TypeEntry } from "../types/typeIndex.ts";
import type { WorkKind } from "./workKinds.ts";

/** Library types by simple name, and their methods that leave the process, wait, or compute for long. */
const SLOW: Readonly<Record<string, readonly [WorkKind, RegExp]>> = {
  RestTemplate: ["http", /^(getFor|postFor|putFor|patchFor|headFor|optionsFor|exchange$|execute$|put$|delete$)/],
  RestOperations: ["http", /^(getFor|postFor|patchFor|headFor|optionsFor|exchange$|execute$|put$|delete$)/],
  TestRestTemplate: ["http", /^$/],
  RestClientCall: ["http", /^(retrieve|exchange|exchangeForRequiredValue)$/],
  WebClientCall: ["http", /^(retrieve|exchangeToMono|exchangeToFlux|exchange)$/],
  HttpClient: ["http", /^(send|sendAsync|execute)$/],
  CloseableHttpClient: ["http", /^execute$/],
  OkHttpCall: ["http", /^(execute|enqueue)$/],
  HttpURLConnection: ["http", /^(getInputStream|getResponseCode|connect)$/],
  AmazonS3: ["http", /^(getObject|putObject|listObjects|deleteObject|copyObject|doesObjectExist)/],
  S3Client: ["http", /^(getObject|putObject|listObjects|deleteObject|copyObject|headObject)/],
  RedisTemplate: ["redis", /^(keys|delete|hasKey|expire|execute|convertAndSend|getExpire|unlink|scan|rename)/],
  StringRedisTemplate: ["redis", /^(keys|delete|hasKey|expire|execute|convertAndSend|getExpire|unlink|scan|rename)/],
  RedisOperations: [
    "redis",
    /^(get|set|put|increment|decrement|delete|has|entries|values|keys|size|multi|range|add|remove|members|isMember|leftPush|rightPush|leftPop|rightPop|score|rank|append)/,
  ],
  KafkaTemplate: ["message", /^(send|sendDefault)$/],
  RabbitTemplate: ["message", /^(send|convertAndSend|convertSendAndReceive)/],
  AmqpTemplate: ["message", /^(send|convertAndSend|convertSendAndReceive)/],
  JmsTemplate: ["message", /^(send|convertAndSend|receive)/],
  StreamBridge: ["message", /^send$/],
  JavaMailSender: ["mail", /^send$/],
  MailSender: ["mail", /^send$/],
  Thread: ["sleep", /^sleep$/],
  PasswordEncoder: ["cpu", /^(encode|matches)$/],
  BCryptPasswordEncoder: ["cpu", /^(encode|matches)$/],
  BCrypt: ["cpu", /^(hashpw|checkpw)$/],
  ImageIO: ["cpu", /^(read|write)$/],
  QRCodeWriter: ["cpu", /^encode$/],
  MultiFormatWriter: ["cpu", /^encode$/],
  MatrixToImageWriter: ["cpu", /^(writeTo|toBufferedImage)/],
  Code128Writer: ["cpu", /^encode$/],
  ITextRenderer: ["cpu", /^createPDF$/],
  PdfRendererBuilder: ["cpu", /^run$/],
  HtmlConverter: ["cpu", /^convertTo/],
  JasperCompileManager: ["cpu", /^compileReport/],
  JasperFillManager: ["cpu", /^fillReport/],
  JasperExportManager: ["cpu", /^exportReport/],
  KeyPairGenerator: ["cpu", /^(generateKeyPair|genKeyPair)$/],
  SecretKeyFactory: ["cpu", /^generateSecret$/],
};

export function slowWork(type: string, method: string): WorkKind | undefined {
  const known = SLOW[type];
  return known?.[1].test(method) ? known[0] : undefined;
}

const CLIENTS = /^(.*\.)?(FeignClient|RegisterRestClient|HttpExchange)$/;
const EXCHANGES = /^(.*\.)?(HttpExchange|GetExchange|PostExchange|PutExchange|DeleteExchange|PatchExchange)$/;

/** Whether a method of an interface is a call of another machine: Feign, Spring's HTTP interfaces, MicroProfile. */
export function remoteInterface(owner: TypeEntry, method: JavaMethod): boolean {
  return owner.type.annotations.some(({ name }) => CLIENTS.test(name)) || method.annotations.some(({ name }) => EXCHANGES.test(name));
}
