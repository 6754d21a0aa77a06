import { pathNeverMatches } from "../../../src/rules/java/path-never-matches.ts";
import { rule } from "../../harness/rule.ts";

const limits = (patterns: string): string => `//- src/main/java/ferry/Limits.java
package ferry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
class Limits implements WebMvcConfigurer {
    private static final String ALL = "/harbour/**";
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Bucket())
                ${patterns}
    }
}
`;

const trips = (path: string): string => `//- src/main/java/ferry/Trips.java
package ferry;
import org.springframework.web.bind.annotation.*;
@RestController
class Trips {
    @GetMapping("${path}")
    String all() { return ""; }
}
`;

const context = (path: string): string => `//- src/main/resources/application.yml
server:
  servlet:
    context-path: ${path}
`;

rule(pathNeverMatches, {
  reports: {
    // An invitation app: its limit on requests never ran.
    "patterns that repeat the context path": `${limits(`.addPathPatterns("/harbour/**")
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 addPathPatterns of /harbour/** never matches: paths are compared without the context path /harbour
                .excludePathPatterns("/harbour/actuator/**", "/health");`)}
${trips("/trips")}
${context("/harbour").replace(
  "/harbour",
  `/harbour
  //~~~~~~~~~~~~ related`,
)}`,
    "a constant": `${limits(`.addPathPatterns(ALL);
               //^^^^^^^^^^^^^^^^^^^^ addPathPatterns of /harbour/** never matches: paths are compared without the context path /harbour`)}
${context("/harbour/")}`,
    "a filter, and files of a year": `//- src/main/java/ferry/Web.java
package ferry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
class Web implements WebMvcConfigurer {
    FilterRegistrationBean<Timing> timing() {
        FilterRegistrationBean<Timing> bean = new FilterRegistrationBean<>(new Timing());
        bean.addUrlPatterns("/harbour/trips/*", "/harbour/ports/*");
           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 addUrlPatterns of /harbour/trips/* never matches: paths are compared without the context path /harbour
        return bean;
    }
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/harbour/files/**").addResourceLocations("classpath:/files/").setCachePeriod(31536000);
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 addResourceHandler of /harbour/files/** never matches: paths are compared without the context path /harbour
    }
}
${context("/harbour")}`,
  },
  ignores: {
    "paths within the application, or one of several": `${limits('.addPathPatterns("/harbour/**", "/trips/**").addPathPatterns("/harbourmaster/**");')}
${context("/harbour")}`,
    "an application at the root, or none that is said": `${limits('.addPathPatterns("/harbour/**");')}
${context("/")}`,
    "no context path": limits('.addPathPatterns("/harbour/**");'),
    "controllers whose paths begin with the same": `${limits('.addPathPatterns("/harbour/**");')}
${trips("/harbour/trips")}
${context("/harbour")}`,
    "a context path that the environment gives, or one profile": `${limits('.addPathPatterns("/harbour/**");')}
${context("/harbour")}
//- src/main/resources/application-prod.yml
server.servlet.context-path: \${BASE}
`,
    "a container that sets another": `${limits('.addPathPatterns("/harbour/**");')}
${context("/harbour")}
//- compose.yml
services:
  ferry: { build: ., environment: { SERVER_SERVLET_CONTEXT_PATH: "/" } }
`,
  },
  fixes: {
    "patterns that repeat the context path": limits(`.addPathPatterns("/**")
                .excludePathPatterns("/actuator/**", "/health");`),
  },
});
