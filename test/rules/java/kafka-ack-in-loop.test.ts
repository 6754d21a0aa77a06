import { kafkaAckInLoop } from "../../../src/rules/java/kafka-ack-in-loop.ts";
import { rule } from "../../harness/rule.ts";

/** Publishes the notes of an outbox; the methods are given. */
const outbox = (methods: string): string => `
//- src/Outbox.java
import java.util.*;
import java.util.concurrent.*;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
class Outbox {
  private KafkaTemplate<String, String> kafka;
${methods}
}
//- src/Note.java
record Note(String key, String text) {}
`;

rule(kafkaAckInLoop, {
  reports: {
    "each message is waited for": outbox(`
  void publish(List<Note> notes) throws Exception {
    for (Note note : notes) {
      kafka.send("notes", note.key(), note.text()).get();
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ KafkaTemplate.send waits for the broker once per element of notes
    }
  }`),
    "with a limit, and through a future of Java": outbox(`
  void publish(List<Note> notes) throws Exception {
    for (Note note : notes) kafka.send("notes", note.text()).completable().get(5, TimeUnit.SECONDS);
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ KafkaTemplate.send waits for the broker once per element of notes
  }`),
    "a variable of the same round": outbox(`
  void publish(List<Note> notes) {
    notes.forEach(note -> {
      CompletableFuture<SendResult<String, String>> sent = kafka.send("notes", note.text());
                                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ KafkaTemplate.send waits for the broker once per element of notes
      sent.join();
    });
  }`),
    "a variable that is set in a branch": outbox(`
  void publish(List<Note> notes) throws Exception {
    for (Note note : notes) {
      Future<?> sent;
      if (note.key() == null) sent = kafka.send("notes", note.text());
                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ KafkaTemplate.send waits for the broker once per element of notes
      else sent = kafka.send("notes", note.key(), note.text());
      sent.get(10, TimeUnit.SECONDS);
    }
  }`),
    "a method that sends one and waits": outbox(`
  void publish(List<Note> notes) throws Exception {
    for (Note note : notes) one(note);
                          //^^^^^^^^^ one waits for KafkaTemplate.send once per element of notes
  }
  private void one(Note note) throws Exception { kafka.send("notes", note.text()).get(); }
                                               //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Outbox.one calls KafkaTemplate.send`),
  },
  ignores: {
    "all are sent, and then waited for": outbox(`
  void publish(List<Note> notes) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (Note note : notes) sent.add(kafka.send("notes", note.text()));
    CompletableFuture.allOf(sent.toArray(new CompletableFuture[0])).join();
    for (Note note : notes) kafka.send("notes", note.text());
  }`),
    "nobody waits": outbox(`
  void publish(List<Note> notes) {
    for (Note note : notes) kafka.send("notes", note.text()).whenComplete((result, error) -> {});
  }`),
    "one message": outbox(`
  void publish(Note note) throws Exception { kafka.send("notes", note.text()).get(); }`),
    "a method that sends and goes on": outbox(`
  void publish(List<Note> notes) { notes.forEach(this::one); }
  private void one(Note note) { kafka.send("notes", note.text()); }`),
  },
});
