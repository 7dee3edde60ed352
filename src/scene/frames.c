/* Animations: the scenes of several frames as one, with each thing in it once.
 *
 * The scenes are walked side by side, group by group. What is the same in all is added once; a group that all
 * have is entered; of what differs each version is added, for the frames that have it. Which things are versions
 * of one another follows from who they are (role and key) or, if they are nobody, from their kind and classes, and from
 * their order. */
#include <string.h>

#include "base/hash.h"
#include "scene/scene.h"
#include "base/banned.h"

#define LAST_LONGER 2.0 /* the last frame is seen as much longer as this many */

/* One of the scenes. */
struct reel {
    const struct pm_scene *scene;
    size_t *ends;    /* by node: the one after all of it */
    uint64_t *sums;  /* by node: of all that is in it */
    uint64_t *names; /* by node: who it is */
    int *patterns;   /* by pattern: what it is in the animation */
    size_t at;       /* the next node */
};

struct splicer {
    struct pm_scene *out;
    struct reel *reels;
    size_t count;
    bool *takes; /* by reel: has it what is added next? */
};

/* ---- what the scenes hold ------------------------------------------------------------------ */

static uint64_t name_of(const struct pm_node *node)
{
    const struct pm_ident *ident = &node->ident;
    const char *parts[] = {ident->role, ident->role ? ident->key : ident->classes};
    uint64_t sum = pm_hash_u64(node->kind + 1);
    for (int i = 0; i < 2; i++)
        sum = pm_hash_bytes(parts[i] ? parts[i] : "", parts[i] ? strlen(parts[i]) + 1 : 0, sum);
    return sum;
}

/* From the end, so that what a group holds is known before it. */
static void survey(struct reel *reel, struct pm_arena *arena)
{
    const struct pm_scene *scene = reel->scene;
    size_t count = scene->nodes.n;
    reel->ends = PM_NEW_N(arena, size_t, count);
    reel->sums = PM_NEW_N(arena, uint64_t, count);
    reel->names = PM_NEW_N(arena, uint64_t, count);
    for (size_t i = count; i-- > 0;) {
        struct pm_node node = scene->nodes.v[i];
        node.paint.pattern = reel->patterns[node.paint.pattern];
        reel->names[i] = name_of(&node);
        reel->sums[i] = pm_node_hash(&node, 0);
        reel->ends[i] = i + 1;
        if (node.kind != PM_NODE_BEGIN)
            continue;
        size_t child = i + 1;
        for (; scene->nodes.v[child].kind != PM_NODE_END; child = reel->ends[child])
            reel->sums[i] = pm_hash_u64(reel->sums[i] + reel->sums[child]);
        reel->ends[i] = child + 1;
    }
}

/* Patterns are numbered as each scene met them. */
static void adopt_patterns(struct splicer *s, struct reel *reel, struct pm_arena *arena)
{
    reel->patterns = PM_NEW_N(arena, int, reel->scene->patterns.n + 1);
    for (size_t i = 0; i < reel->scene->patterns.n; i++)
        reel->patterns[i + 1] = pm_scene_pattern(s->out, reel->scene->patterns.v[i]);
}

/* ---- adding -------------------------------------------------------------------------------- */

/* A copy that owns what it has. */
static void add_node(struct splicer *s, const struct reel *reel, size_t index,
                     struct pm_frames frames)
{
    const struct pm_node *node = &reel->scene->nodes.v[index];
    struct pm_paint paint = node->paint;
    struct pm_path path = {0};
    switch (node->kind) {
    case PM_NODE_BEGIN:
        pm_scene_begin(s->out, &node->ident, node->clip);
        break;
    case PM_NODE_END:
        pm_scene_end(s->out);
        return;
    case PM_NODE_TEXT:
        pm_scene_text(s->out, &node->ident, node->run);
        break;
    case PM_NODE_PATH:
        paint.pattern = reel->patterns[paint.pattern];
        path.ops.v = node->path.ops.v; /* copied, not kept */
        path.ops.n = node->path.ops.n;
        path.points.v = node->path.points.v;
        path.points.n = node->path.points.n;
        pm_scene_path(s->out, &node->ident, &path, paint);
        break;
    }
    s->out->nodes.v[s->out->nodes.n - 1].frames = frames;
}

static void add_all(struct splicer *s, const struct reel *reel, struct pm_frames frames)
{
    size_t end = reel->ends[reel->at];
    for (size_t i = reel->at; i < end; i++)
        add_node(s, reel, i, i == reel->at ? frames : (struct pm_frames){0});
}

/* ---- side by side -------------------------------------------------------------------------- */

static bool at_end(const struct reel *reel)
{
    return reel->at == reel->scene->nodes.n || reel->scene->nodes.v[reel->at].kind == PM_NODE_END;
}

/* Does one of this name still come in the group, behind the next? */
static bool comes_later(const struct reel *reel, uint64_t name)
{
    struct reel ahead = *reel;
    if (at_end(&ahead))
        return false;
    for (ahead.at = ahead.ends[ahead.at]; !at_end(&ahead); ahead.at = ahead.ends[ahead.at])
        if (ahead.names[ahead.at] == name)
            return true;
    return false;
}

/* Sets which reels have this name next; false if one has it later only, so that it is not its turn. */
static bool in_turn(struct splicer *s, uint64_t name)
{
    bool good = true;
    for (size_t i = 0; i < s->count; i++) {
        const struct reel *reel = &s->reels[i];
        s->takes[i] = !at_end(reel) && reel->names[reel->at] == name;
    }
    for (size_t i = 0; good && i < s->count; i++)
        good = s->takes[i] || !comes_later(&s->reels[i], name);
    return good;
}

/* Chooses what is added next; false at the end of the group. If the scenes contradict one another in their
 * order, the first of them has its way. */
static bool choose(struct splicer *s)
{
    size_t first = s->count;
    for (size_t i = s->count; i-- > 0;)
        if (!at_end(&s->reels[i]))
            first = i;
    if (first == s->count)
        return false;
    for (size_t i = first; i < s->count; i++)
        if (!at_end(&s->reels[i]) && in_turn(s, s->reels[i].names[s->reels[i].at]))
            return true;
    in_turn(s, s->reels[first].names[s->reels[first].at]);
    return true;
}

static uint64_t next_sum(const struct reel *reel)
{
    return reel->sums[reel->at];
}

static const struct pm_node *next_node(const struct reel *reel)
{
    return &reel->scene->nodes.v[reel->at];
}

/* Is what all reels have next the same thing, or at least a group that is? */
static bool all_same(const struct splicer *s, bool groups)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct reel *reel = &s->reels[i], *first = &s->reels[0];
        if (!s->takes[i])
            return false;
        bool same = groups
                        ? next_node(reel)->kind == PM_NODE_BEGIN &&
                              pm_node_hash(next_node(reel), 0) == pm_node_hash(next_node(first), 0)
                        : next_sum(reel) == next_sum(first);
        if (!same)
            return false;
    }
    return true;
}

/* Each version of what is next, for the frames in a row that have it. */
static void add_versions(struct splicer *s)
{
    for (size_t i = 0, end; i < s->count; i = end) {
        for (end = i + 1; end < s->count && s->takes[i] && s->takes[end] &&
                          next_sum(&s->reels[end]) == next_sum(&s->reels[i]);)
            end++;
        if (s->takes[i])
            add_all(s, &s->reels[i], (struct pm_frames){i, end});
    }
}

static void skip(struct splicer *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->takes[i])
            s->reels[i].at = s->reels[i].ends[s->reels[i].at];
}

/* The rest of a group. */
static void splice(struct splicer *s)
{
    while (choose(s)) {
        if (all_same(s, false)) {
            add_all(s, &s->reels[0], (struct pm_frames){0});
            skip(s);
        } else if (all_same(s, true)) {
            add_node(s, &s->reels[0], s->reels[0].at, (struct pm_frames){0});
            for (size_t i = 0; i < s->count; i++)
                s->reels[i].at++;
            splice(s);
            pm_scene_end(s->out);
            for (size_t i = 0; i < s->count; i++)
                s->reels[i].at++;
        } else {
            add_versions(s);
            skip(s);
        }
    }
}

void pm_scene_animate(struct pm_scene *scene, const struct pm_scene *frames, size_t count)
{
    struct pm_arena arena = {0};
    struct pm_scene own = *scene;
    struct splicer s = {.out = scene, .count = count};
    *scene = frames[count - 1];
    scene->arena = own.arena;
    scene->patterns = own.patterns;
    scene->nodes = own.nodes;
    scene->frame_count = count;
    s.reels = PM_NEW_N(&arena, struct reel, count);
    s.takes = PM_NEW_N(&arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        s.reels[i].scene = &frames[i];
        adopt_patterns(&s, &s.reels[i], &arena);
        survey(&s.reels[i], &arena);
    }
    splice(&s);
    pm_arena_finish(&arena);
}

/* ---- one frame ----------------------------------------------------------------------------- */

struct pm_scene pm_scene_still(const struct pm_scene *scene, size_t frame)
{
    struct pm_scene still = *scene;
    int hidden = 0; /* depth in a group that other frames show */
    memset(&still.nodes, 0, sizeof still.nodes);
    still.frame_count = 0;
    for (size_t i = 0; i < scene->nodes.n; i++) {
        const struct pm_node *node = &scene->nodes.v[i];
        bool others = node->frames.end && (frame < node->frames.first || frame >= node->frames.end);
        if (node->kind == PM_NODE_BEGIN && (hidden || others))
            hidden++;
        else if (node->kind == PM_NODE_END && hidden)
            hidden--;
        else if (!hidden && !others)
            pm_vec_push(&still.nodes, *node);
    }
    return still;
}

void pm_scene_still_finish(struct pm_scene *still)
{
    pm_vec_finish(&still->nodes);
}

double pm_frame_begins(const struct pm_scene *scene, size_t frame)
{
    double frames = (double)frame + (frame == scene->frame_count ? LAST_LONGER : 0);
    return frames * scene->frame_seconds;
}
