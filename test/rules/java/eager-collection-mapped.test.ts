import { eagerCollection } from "../../../src/rules/java/eager-collection.ts";
import { rule } from "../../harness/rule.ts";

/** A team whose players come with it, and a mapper. `offered` says whether there is a fix. */
const mapped = (mapper: string, offered: boolean, properties = "public Long id; public List<PlayerDto> players;"): string => `
//- src/Team.java
import jakarta.persistence.*;
import java.util.*;
import lombok.Getter;
@Entity @Getter class Team {
  @Id Long id;
  @OneToMany(mappedBy = "team", fetch = FetchType.EAGER) private List<Player> players;
                                                                            //^^^^^^^ ${offered ? "💡 " : ""}Team.players is EAGER: every load of Team brings it
}
//- src/Player.java
import jakarta.persistence.*;
@Entity class Player { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Team team; }
//- src/TeamDto.java
import java.util.List;
class TeamDto { ${properties} }
//- src/PlayerDto.java
class PlayerDto { public Long id; }
${mapper.trimStart()}`;

rule(eagerCollection, {
  reports: {
    // bcgov/EDUC-INSTITUTE-API: pages are mapped by another thread, which has no session.
    "a collection that a mapper of MapStruct reads": mapped(
      `
//- src/TeamMapper.java
import org.mapstruct.Mapper;
@Mapper interface TeamMapper { TeamDto toDto(Team team); }
`,
      false,
    ),
    "a mapper that inherits what it maps": mapped(
      `
//- src/EntityMapper.java
interface EntityMapper<D, E> { D toDto(E entity); }
//- src/TeamMapper.java
import org.mapstruct.Mapper;
@Mapper interface TeamMapper extends EntityMapper<TeamDto, Team> {}
`,
      false,
    ),
    "a mapper that comes to the team on its way": mapped(
      `
//- src/Club.java
import jakarta.persistence.*;
@Entity class Club { @Id Long id; @OneToOne(fetch = FetchType.LAZY) Team team; }
//- src/ClubDto.java
class ClubDto { public Long id; public TeamDto team; }
//- src/ClubMapper.java
import org.mapstruct.Mapper;
@Mapper interface ClubMapper { ClubDto toDto(Club club); }
`,
      false,
    ),
    "a mapper that leaves the players out": mapped(
      `
//- src/TeamMapper.java
import org.mapstruct.*;
@Mapper interface TeamMapper { @Mapping(target = "players", ignore = true) TeamDto toDto(Team team); }
`,
      true,
    ),
    "a mapper of something without players": mapped(
      `
//- src/TeamMapper.java
import org.mapstruct.Mapper;
@Mapper interface TeamMapper { TeamDto toDto(Team team); }
`,
      true,
      "public Long id;",
    ),
  },
  ignores: {
    "a lazy collection that a mapper reads": mapped(
      `
//- src/TeamMapper.java
import org.mapstruct.Mapper;
@Mapper interface TeamMapper { TeamDto toDto(Team team); }
`,
      false,
    )
      .replace("FetchType.EAGER", "FetchType.LAZY")
      .replace(/ *\/\/\^.*\n/, ""),
  },
});
