package com.example.ticketchain.ticket;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Sends each event to the sockets that its owner holds open on this instance. */
@Slf4j
@Component
@RequiredArgsConstructor
@ConditionalOnProperty(name = "ticketchain.events", havingValue = "socket", matchIfMissing = true)
public class SocketTicketEvents extends TextWebSocketHandler implements TicketEvents {

    private static final int SEND_TIME_LIMIT_MS = 5_000;
    private static final int BUFFER_LIMIT_BYTES = 64 * 1024;

    private final Map<String, Set<WebSocketSession>> sessionsByUser = new ConcurrentHashMap<>();
    private final ObjectMapper json;

    @Override
    public void publish(TicketEvent event) {
        Set<WebSocketSession> sessions = sessionsByUser.getOrDefault(event.ownerId().toString(), Set.of());
        if (sessions.isEmpty()) {
            return;
        }
        TextMessage message = new TextMessage(textOf(event));
        for (WebSocketSession session : sessions) {
            send(session, message);
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        sessionsByUser.computeIfAbsent(userOf(session), user -> ConcurrentHashMap.newKeySet())
                .add(new ConcurrentWebSocketSessionDecorator(session, SEND_TIME_LIMIT_MS, BUFFER_LIMIT_BYTES));
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        sessionsByUser.computeIfPresent(userOf(session), (user, sessions) -> {
            sessions.removeIf(open -> open.getId().equals(session.getId()));
            return sessions.isEmpty() ? null : sessions;
        });
    }

    private void send(WebSocketSession session, TextMessage message) {
        try {
            session.sendMessage(message);
        } catch (IOException | IllegalStateException error) {
            log.debug("Socket {} went away", session.getId(), error);
        }
    }

    private String textOf(TicketEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException error) {
            throw new IllegalStateException(error);
        }
    }

    private static String userOf(WebSocketSession session) {
        Principal principal = session.getPrincipal();
        return principal == null ? "" : principal.getName();
    }
}
