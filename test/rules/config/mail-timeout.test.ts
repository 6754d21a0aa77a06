import { mailTimeout } from "../../../src/rules/config/mail-timeout.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "./builds.ts";

const mail = pom("spring-boot-starter-web", "spring-boot-starter-mail");

rule(mailTimeout, {
  reports: {
    // Kim-Jione/SpringBoot-Mybatis-Tstory, NgocAnhDo26/bus-ticket-booking-system
    "a server alone": `${mail}
//- src/main/resources/application.properties
spring.application.name=shop
  spring.mail.host=smtp.example.org
# ^^^^^^^^^^^^^^^^ 💡 mail.smtp.timeout is not set: sending a mail waits without end for the server
spring.mail.port=587
`,
    "a time for the connection alone": `${mail}
//- src/main/resources/application.yml
spring:
  mail:
    host: smtp.example.org
    properties:
      mail.smtp.connectiontimeout: 2000
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 mail.smtp.timeout is not set: sending a mail waits without end for the server
`,
    "the protocol with TLS from the start": `${mail}
//- src/main/resources/application.properties
  spring.mail.host=smtp.example.org
# ^^^^^^^^^^^^^^^^ 💡 mail.smtps.timeout is not set: sending a mail waits without end for the server
spring.mail.protocol=smtps
`,
  },
  ignores: {
    "it is set": `${mail}
//- src/main/resources/application.yml
spring:
  mail:
    host: smtp.example.org
    properties:
      mail:
        smtp:
          timeout: 3000
`,
    "the container is given it": `${mail}
//- src/main/resources/application.properties
spring.mail.host=smtp.example.org
//- compose.yml
services:
  shop: { image: example/shop, environment: { SPRING_MAIL_PROPERTIES_MAIL_SMTP_TIMEOUT: 3000 } }
`,
    "a sender that code makes": `${mail}
//- src/main/java/shop/Mails.java
package shop;
import org.springframework.mail.javamail.JavaMailSenderImpl;
class Mails { @Bean JavaMailSenderImpl sender() { return new JavaMailSenderImpl(); } }
//- src/main/resources/application.properties
spring.mail.host=smtp.example.org
`,
    "no server, or nothing that sends": `${mail}
//- src/main/resources/application.properties
spring.mail.test-connection=true
`,
    "no mail": `${pom("spring-boot-starter-web")}
//- src/main/resources/application.properties
spring.mail.host=smtp.example.org
`,
  },
  fixes: {
    "a time for the connection alone": `
//- src/main/resources/application.yml
spring:
  mail:
    host: smtp.example.org
    properties:
      mail.smtp.connectiontimeout: 2000
      mail.smtp.timeout: 5000
`,
    "a server alone": `
//- src/main/resources/application.properties
spring.application.name=shop
  spring.mail.host=smtp.example.org
spring.mail.port=587
spring.mail.properties.mail.smtp.connectiontimeout=5000
spring.mail.properties.mail.smtp.timeout=5000
`,
  },
});
