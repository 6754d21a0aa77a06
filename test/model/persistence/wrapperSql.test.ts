import { told } from "./toldSql.ts";

/** A class that MyBatis-Plus keeps, with rows that are only marked as deleted, and one without. */
const RECORDS = `
//- src/main/java/a/Member.java
package a;
import com.baomidou.mybatisplus.annotation.*;
import lombok.Data;
@Data @TableName("app.members")
class Member extends Marked {
  private static final long serialVersionUID = 1L;
  @TableId private Long id;
  private String fullName;
  @TableField("team") private Long teamId;
  private Boolean active;
  @TableField(exist = false) private List<Long> scores;
}
//- src/main/java/a/Marked.java
package a;
import com.baomidou.mybatisplus.annotation.*;
class Marked { private java.time.Instant createTime; @TableLogic private Integer deleted; public java.time.Instant getCreateTime() { return createTime; } }
//- src/main/java/a/Team.java
package a;
class Team { private Long id; private String name; private String state; public Long getId() { return id; } public String getName() { return name; } public String getState() { return state; } }
//- src/main/java/a/MemberMapper.java
package a;
interface MemberMapper extends com.baomidou.mybatisplus.core.mapper.BaseMapper<Member> {}
//- src/main/java/a/TeamMapper.java
package a;
interface TeamMapper extends com.baomidou.mybatisplus.core.mapper.BaseMapper<Team> {}
//- src/main/java/a/TeamService.java
package a;
interface TeamService extends com.baomidou.mybatisplus.extension.service.IService<Team> {}
//- src/main/resources/db/migration/V3__members.sql
CREATE TABLE app.members (id bigint PRIMARY KEY, full_name text, team bigint, active boolean, create_time timestamptz, deleted int);
CREATE TABLE team (id bigint PRIMARY KEY, name text, state text);
`;

const MEMBERS = "SELECT id, full_name, team, active, create_time, deleted FROM app.members";
const TEAMS = "SELECT id, name, state FROM team";

describe("SQL of MyBatis-Plus's wrappers", () => {
  it("is told", async () => {
    await told(
      "import com.baomidou.mybatisplus.core.conditions.query.*;\nimport com.baomidou.mybatisplus.core.toolkit.Wrappers;",
      'MemberMapper members; TeamMapper teams; TeamService service;\n  private LambdaQueryWrapper<Team> opened() { return new LambdaQueryWrapper<Team>().eq(Team::getState, "open"); }',
      {
        "conditions, an order and an end": [
          'teams.selectList(new LambdaQueryWrapper<Team>().eq(Team::getName, name).ne(Team::getState, "shut").orderByDesc(Team::getId).last("LIMIT 5"));',
          `${TEAMS} WHERE name = $1 AND state <> 'shut' ORDER BY id DESC LIMIT 5`,
        ],
        "rows that are only marked as deleted": [
          "members.selectOne(Wrappers.<Member>lambdaQuery().eq(Member::getTeamId, id).or().isNull(Member::getFullName));",
          `${MEMBERS} WHERE deleted = 0 AND (team = $1 OR full_name IS NULL)`,
        ],
        "no wrapper at all": [
          "members.selectList(null); service.list(); service.count();",
          `${MEMBERS} WHERE deleted = 0`,
          TEAMS,
          "SELECT COUNT(*) FROM team",
        ],
        "columns as they are written, and those that are asked for": [
          'teams.selectMaps(new QueryWrapper<Team>().select("state", "count(*) AS n").gt("id", 7).groupBy("state"));',
          "SELECT state, count(*) AS n FROM team WHERE id > 7 GROUP BY state",
        ],
        "lists, ranges and patterns": [
          "teams.selectList(Wrappers.lambdaQuery(Team.class).in(Team::getId, ids).between(Team::getId, id, id).like(Team::getName, name).likeRight(Team::getState, name));",
          `${TEAMS} WHERE id = ANY ($1) AND id BETWEEN $2 AND $3 AND name LIKE ('%' || $4 || '%') AND state LIKE ($5 || '%')`,
        ],
        "conditions in parentheses": [
          'teams.selectCount(new LambdaQueryWrapper<Team>().eq(Team::getId, id).and(w -> w.eq(Team::getName, name).or().eq(Team::getState, "open")));',
          "SELECT COUNT(*) FROM team WHERE id = $1 AND (name = $2 OR state = 'open')",
        ],
        "a condition that is there now and then": [
          "teams.selectList(new LambdaQueryWrapper<Team>().eq(Team::getId, id).eq(open, Team::getName, name));",
          `${TEAMS} WHERE id = $1`,
          `${TEAMS} WHERE id = $1 AND name = $2`,
        ],
        "a wrapper that statements add to": [
          "LambdaQueryWrapper<Team> w = new LambdaQueryWrapper<>(); w.eq(Team::getId, id); if (open) { w.eq(Team::getName, name); } teams.selectList(w);",
          `${TEAMS} WHERE id = $1`,
          `${TEAMS} WHERE id = $1 AND name = $2`,
        ],
        "a wrapper that a method gives": [
          "teams.selectList(opened().eq(Team::getName, name));",
          `${TEAMS} WHERE state = 'open' AND name = $1`,
        ],
        "a chain of a service": [
          "service.lambdaQuery().eq(Team::getName, name).orderByAsc(Team::getId).list(); service.lambdaQuery().eq(Team::getState, name).count();",
          `${TEAMS} WHERE name = $1 ORDER BY id ASC`,
          "SELECT COUNT(*) FROM team WHERE state = $1",
        ],
        "a page": [
          "teams.selectPage(page, new LambdaQueryWrapper<Team>().eq(Team::getState, name).orderByDesc(Team::getId));",
          `${TEAMS} WHERE state = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`,
        ],
        "SQL that the code writes": [
          'teams.selectList(new QueryWrapper<Team>().apply("lower(name) = {0}", name).inSql("id", "SELECT team FROM app.members"));',
          `${TEAMS} WHERE (lower(name) = $1) AND id IN (SELECT team FROM app.members)`,
        ],
        "rows that go": ["teams.delete(new LambdaQueryWrapper<Team>().eq(Team::getState, name));", "DELETE FROM team WHERE state = $1"],
        "nothing, for what an object of it says": ["teams.selectList(new QueryWrapper<>(new Team()));"],
        "nothing, for a column that is not known": ["teams.selectList(new LambdaQueryWrapper<Team>().eq(Team::getOwner, id));"],
      },
      RECORDS,
    );
  });
});
