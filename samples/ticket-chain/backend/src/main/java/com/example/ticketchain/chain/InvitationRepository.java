package com.example.ticketchain.chain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

public interface InvitationRepository extends JpaRepository<Invitation, Long> {

    List<Invitation> findByInviterIdOrderByCreatedAt(Long inviterId);

    Optional<Invitation> findByInviteeId(Long inviteeId);

    boolean existsByInviteeId(Long inviteeId);

    long countByInviterId(Long inviterId);

    long countByCreatedAtAfter(Instant instant);

    @Query("select i.inviter.id from Invitation i group by i.inviter.id order by count(i) desc")
    List<Long> findInviterIdsByReach(Limit limit);

    @Query(nativeQuery = true, value = """
            WITH RECURSIVE below AS (
                SELECT invitee_id FROM invitations WHERE inviter_id = :userId
                UNION ALL
                SELECT i.invitee_id FROM invitations i JOIN below b ON i.inviter_id = b.invitee_id
            )
            SELECT count(*) FROM below
            """)
    long countBelow(@Param("userId") Long userId);
}
