/* Rings of numbers, cut where they part.
 *
 * 1. Each distinct grid point gets a number; rings become cycles of numbers.
 * 2. A point is a junction unless every ring that passes it comes and goes by the same two
 *    neighbours. Where that holds, the rings on both sides of the point are the same, so the faces
 *    need no comparing; a ring that turns back on itself makes a junction of the turn. Where the
 *    mark changes is a junction, too.
 * 3. Rings are cut at junctions. The two points a chain begins with tell it from all others, since
 *    nothing branches off before its end: the first ring that meets it makes it an arc, the others
 *    find it there.
 *
 * Hash tables (open addressing) make each step linear in the number of points. Rings come face by
 * face, so that arcs get their faces in ascending order. */
#include "geo/topology.h"

#include "base/hash.h"
#include "base/vec.h"
#include "base/banned.h"

#define NONE UINT32_MAX

/* Pairs of different numbers -> number; a zeroed slot is free. */
struct pair {
    uint32_t p, q, value;
};

struct pairs {
    struct pair *slots;
    size_t count, size;
};

struct neighbours {
    uint32_t a, b; /* NONE until a ring passed */
};

struct ring {
    const uint32_t *ids;
    size_t count;
    uint32_t face;
};

/* A stretch of a ring: `length` segments from its point `start` on, read in either direction. */
struct chain {
    const uint32_t *ids;
    size_t count, start, length;
    bool backwards;
};

struct builder {
    struct pm_topology *topology;
    struct pm_arena *arena;
    struct pm_arena scratch;
    uint32_t *slots; /* of the table of points */
    size_t slot_mask;
    struct pm_grid *points;
    uint32_t point_count;
    uint32_t *ids; /* of all rings */
    size_t id_count;
    PM_VEC(struct ring) rings;
    struct neighbours *neighbours; /* by point */
    bool *junction;                /* by point */
    struct pairs marks;            /* ends of a segment, the lesser first -> mark */
    struct pairs heads;            /* the first two points of an arc -> arc */
    PM_VEC(struct pm_arc) arcs;
    PM_VEC(struct chain) chains; /* by arc: where its points are found */
    PM_VEC(struct pm_arc_ref) refs;
    PM_VEC(struct pm_range) ring_refs;
};

/* ---- pairs ------------------------------------------------------------------------------------ */

static struct pair *find_pair(const struct pairs *pairs, uint32_t p, uint32_t q)
{
    size_t i = (size_t)pm_hash_u64((uint64_t)p << 32 | q) & (pairs->size - 1);
    while (pairs->slots[i].p != pairs->slots[i].q &&
           (pairs->slots[i].p != p || pairs->slots[i].q != q))
        i = (i + 1) & (pairs->size - 1);
    return &pairs->slots[i];
}

static void grow_pairs(struct pairs *pairs, struct pm_arena *arena)
{
    struct pairs old = *pairs;
    pairs->size = old.size ? old.size * 2 : 256;
    pairs->slots = PM_NEW_N(arena, struct pair, pairs->size);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].p != old.slots[i].q)
            *find_pair(pairs, old.slots[i].p, old.slots[i].q) = old.slots[i];
}

/* The value of a pair, NONE if it is new. */
static uint32_t *add_pair(struct pairs *pairs, struct pm_arena *arena, uint32_t p, uint32_t q)
{
    if (2 * (pairs->count + 1) > pairs->size)
        grow_pairs(pairs, arena);
    struct pair *pair = find_pair(pairs, p, q);
    if (pair->p == pair->q) {
        *pair = (struct pair){p, q, NONE};
        pairs->count++;
    }
    return &pair->value;
}

/* ---- 1. points and rings ------------------------------------------------------------------------ */

static void make_slots(struct builder *b, size_t size)
{
    b->slots = pm_xrealloc(NULL, size, sizeof *b->slots);
    memset(b->slots, 0xFF, size * sizeof *b->slots);
    b->slot_mask = size - 1;
}

/* Many points are those of two rings: the table is made for two thirds of them, and grows. */
static void make_tables(struct builder *b, size_t points)
{
    size_t size = 64;
    while (size / 4 * 3 < points / 3 * 2)
        size *= 2;
    make_slots(b, size);
    b->points = PM_NEW_N(&b->scratch, struct pm_grid, points);
    b->ids = PM_NEW_N(&b->scratch, uint32_t, points);
}

/* The slot that holds the point, or the free one where it belongs. */
static uint32_t *point_slot(const struct builder *b, struct pm_grid p)
{
    uint64_t key = (uint64_t)(uint32_t)p.x << 32 | (uint32_t)p.y;
    size_t i = (size_t)pm_hash_u64(key) & b->slot_mask;
    while (b->slots[i] != NONE &&
           (b->points[b->slots[i]].x != p.x || b->points[b->slots[i]].y != p.y))
        i = (i + 1) & b->slot_mask;
    return &b->slots[i];
}

static void grow_slots(struct builder *b)
{
    free(b->slots);
    make_slots(b, 2 * (b->slot_mask + 1));
    for (uint32_t i = 0; i < b->point_count; i++)
        *point_slot(b, b->points[i]) = i;
}

static uint32_t number_point(struct builder *b, struct pm_grid p)
{
    uint32_t *slot = point_slot(b, p);
    if (*slot == NONE) {
        b->points[b->point_count] = p;
        *slot = b->point_count++;
        if (b->point_count > b->slot_mask / 4 * 3) {
            grow_slots(b);
            return b->point_count - 1;
        }
    }
    return *slot;
}

static bool is_point(const struct builder *b, uint32_t id, struct pm_grid p)
{
    return id < b->point_count && b->points[id].x == p.x && b->points[id].y == p.y;
}

/* The point after the one of that number: where another ring was before, numbers go on by one, mostly backwards. That
 * is found without the table, which is too large for the cache. */
static uint32_t number_next(struct builder *b, uint32_t before, struct pm_grid p)
{
    if (is_point(b, before - 1, p))
        return before - 1;
    if (is_point(b, before + 1, p))
        return before + 1;
    return number_point(b, p);
}

/* Repeated points are dropped; a ring of fewer than three points bounds nothing. */
static void add_ring(struct builder *b, const struct pm_grid *points, size_t count, uint32_t face)
{
    uint32_t *ids = b->ids + b->id_count;
    uint32_t id = NONE - 1;
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        id = number_next(b, id, points[i]);
        if (n == 0 || ids[n - 1] != id)
            ids[n++] = id;
    }
    while (n > 1 && ids[n - 1] == ids[0])
        n--;
    if (n < 3)
        return;
    pm_vec_push(&b->rings, (struct ring){ids, n, face});
    b->id_count += n;
}

static size_t count_points(const struct pm_layer *layer)
{
    size_t count = 0;
    for (size_t i = 0; i < layer->part_count; i++)
        count += layer->parts[i].count;
    return count;
}

static void add_layer(struct builder *b, const struct pm_layer *layer, uint32_t first_face)
{
    for (size_t f = 0; f < layer->feature_count; f++) {
        struct pm_range parts = layer->features[f].parts;
        for (size_t i = parts.first; i < parts.first + parts.count; i++)
            add_ring(b, layer->points + layer->parts[i].first, layer->parts[i].count,
                     first_face + (uint32_t)f);
    }
}

/* ---- 2. junctions --------------------------------------------------------------------------------- */

static void pass_point(struct builder *b, uint32_t before, uint32_t here, uint32_t after)
{
    struct neighbours *n = &b->neighbours[here];
    bool same = (n->a == before && n->b == after) || (n->a == after && n->b == before);
    if (before == after || (n->a != NONE && !same))
        b->junction[here] = true;
    *n = (struct neighbours){before, after};
}

static void find_junctions(struct builder *b)
{
    b->junction = PM_NEW_N(&b->scratch, bool, b->point_count);
    b->neighbours = PM_NEW_N(&b->scratch, struct neighbours, b->point_count);
    memset(b->neighbours, 0xFF, b->point_count * sizeof *b->neighbours);
    for (size_t r = 0; r < b->rings.n; r++) {
        const uint32_t *ids = b->rings.v[r].ids;
        size_t count = b->rings.v[r].count;
        for (size_t i = 0; i < count; i++)
            pass_point(b, ids[i ? i - 1 : count - 1], ids[i], ids[i + 1 < count ? i + 1 : 0]);
    }
}

static bool on_antimeridian(const struct builder *b, uint32_t point)
{
    return llabs((long long)b->points[point].x) == (long long)(180 * PM_GRID_PER_DEGREE);
}

/* Polygons about a pole have an edge along it, which is a point on the ground. */
static bool on_pole(const struct builder *b, uint32_t point)
{
    return llabs((long long)b->points[point].y) == (long long)(90 * PM_GRID_PER_DEGREE);
}

static uint32_t mark_of(const struct builder *b, uint32_t p, uint32_t q)
{
    bool along = b->points[p].x == b->points[q].x; /* and not all around a parallel */
    if ((along && on_antimeridian(b, p)) || (on_pole(b, p) && on_pole(b, q)))
        return PM_MARK_SEAM;
    if (b->marks.count == 0)
        return 0;
    const struct pair *pair = find_pair(&b->marks, p < q ? p : q, p < q ? q : p);
    return pair->p == pair->q ? 0 : pair->value;
}

/* Segments between points of rings that no ring runs along may get a mark, too: nobody asks for it. */
static void mark_line(struct builder *b, const struct pm_grid *points, size_t count, uint32_t mark)
{
    uint32_t before = NONE;
    for (size_t i = 0; i < count; i++) {
        uint32_t here = *point_slot(b, points[i]);
        if (before != NONE && here != NONE && before != here)
            *add_pair(&b->marks, &b->scratch, before < here ? before : here,
                      before < here ? here : before) = mark;
        before = here;
    }
}

static void cut_at_mark(struct builder *b, uint32_t point)
{
    struct neighbours n = b->neighbours[point];
    if (n.a != NONE && mark_of(b, point, n.a) != mark_of(b, point, n.b))
        b->junction[point] = true;
}

static void cut_at_seam(struct builder *b)
{
    for (uint32_t point = 0; point < b->point_count; point++)
        if (on_antimeridian(b, point) || on_pole(b, point))
            cut_at_mark(b, point);
}

static void cut_at_marks(struct builder *b, const struct pm_grid *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t point = *point_slot(b, points[i]);
        if (point != NONE)
            cut_at_mark(b, point);
    }
}

static void add_marks(struct builder *b, const struct pm_layer *marks)
{
    for (size_t f = 0; f < marks->feature_count; f++) {
        struct pm_range parts = marks->features[f].parts;
        for (size_t i = parts.first; i < parts.first + parts.count; i++)
            mark_line(b, marks->points + marks->parts[i].first, marks->parts[i].count,
                      (uint32_t)f + 1);
    }
    for (size_t i = 0; i < marks->part_count; i++)
        cut_at_marks(b, marks->points + marks->parts[i].first, marks->parts[i].count);
}

/* ---- 3. arcs ----------------------------------------------------------------------------------------- */

static uint32_t chain_id(const struct chain *c, size_t i)
{
    size_t at = c->start + (c->backwards ? c->length - i : i);
    return c->ids[at < c->count ? at : at - c->count];
}

static int compare_points(const struct builder *b, uint32_t p, uint32_t q)
{
    struct pm_grid a = b->points[p], c = b->points[q];
    if (a.x != c.x)
        return a.x < c.x ? -1 : 1;
    return (a.y > c.y) - (a.y < c.y);
}

/* The direction in which an arc is stored depends on its points alone: the lesser end first, or,
 * when it is closed, the lesser of the two points beside its ends. */
static bool stored_backwards(const struct builder *b, const struct chain *c)
{
    uint32_t head = chain_id(c, 0), tail = chain_id(c, c->length);
    if (head == tail) {
        head = chain_id(c, 1);
        tail = chain_id(c, c->length - 1);
    }
    return compare_points(b, tail, head) < 0;
}

static uint32_t new_arc(struct builder *b, const struct chain *c, uint32_t face)
{
    uint32_t head = chain_id(c, 0), second = chain_id(c, 1);
    struct pm_arc arc = {.points = {b->topology->point_count, c->length + 1},
                         .faces = {face, PM_NO_FACE},
                         .mark = mark_of(b, head, second),
                         .closed = head == chain_id(c, c->length)};
    b->topology->point_count += arc.points.count;
    pm_vec_push(&b->arcs, arc);
    pm_vec_push(&b->chains, *c);
    return (uint32_t)b->arcs.n - 1;
}

/* A face that uses an arc twice lies on both sides of it or on none: then others may. */
static bool use_arc(struct pm_arc *arc, uint32_t face)
{
    if (arc->faces[1] == face)
        arc->faces[1] = PM_NO_FACE;
    else if (arc->faces[0] == arc->faces[1])
        arc->faces[0] = face, arc->faces[1] = PM_NO_FACE;
    else if (arc->faces[1] == PM_NO_FACE)
        arc->faces[1] = face;
    else
        return false;
    return true;
}

static void add_chain(struct builder *b, struct chain c, uint32_t face)
{
    c.backwards = stored_backwards(b, &c);
    uint32_t *arc = add_pair(&b->heads, &b->scratch, chain_id(&c, 0), chain_id(&c, 1));
    if (*arc == NONE)
        *arc = new_arc(b, &c, face);
    else if (!use_arc(&b->arcs.v[*arc], face))
        b->topology->overused += c.length;
    pm_vec_push(&b->refs, (struct pm_arc_ref){*arc, c.backwards});
}

/* Where a ring is cut first: its first junction, or its least point. */
static size_t ring_start(const struct builder *b, const struct ring *ring)
{
    size_t least = 0;
    for (size_t i = 0; i < ring->count; i++) {
        if (b->junction[ring->ids[i]])
            return i;
        if (compare_points(b, ring->ids[i], ring->ids[least]) < 0)
            least = i;
    }
    return least;
}

static void cut_ring(struct builder *b, const struct ring *ring)
{
    size_t first_ref = b->refs.n, start = ring_start(b, ring), done = 0;
    while (done < ring->count) {
        struct chain c = {ring->ids, ring->count, (start + done) % ring->count, 1, false};
        uint32_t id = chain_id(&c, 1);
        while (!b->junction[id] && id != ring->ids[start])
            id = chain_id(&c, ++c.length);
        add_chain(b, c, ring->face);
        done += c.length;
    }
    pm_vec_push(&b->ring_refs, (struct pm_range){first_ref, b->refs.n - first_ref});
}

static void cut_rings(struct builder *b)
{
    struct pm_topology *t = b->topology;
    t->faces = PM_NEW_N(b->arena, struct pm_range, t->face_count);
    for (size_t r = 0; r < b->rings.n; r++) {
        struct pm_range *face = &t->faces[b->rings.v[r].face];
        if (face->count++ == 0)
            face->first = r;
        cut_ring(b, &b->rings.v[r]);
    }
}

/* ---- the whole -------------------------------------------------------------------------------------------- */

static void write_points(struct builder *b)
{
    struct pm_topology *t = b->topology;
    t->points = PM_NEW_N(b->arena, struct pm_grid, t->point_count);
    for (size_t i = 0; i < b->chains.n; i++) {
        struct pm_grid *out = t->points + b->arcs.v[i].points.first;
        for (size_t k = 0; k <= b->chains.v[i].length; k++)
            out[k] = b->points[chain_id(&b->chains.v[i], k)];
    }
}

static void hand_over(struct builder *b)
{
    struct pm_topology *t = b->topology;
    write_points(b);
    t->arc_count = b->arcs.n;
    t->ref_count = b->refs.n;
    t->ring_count = b->ring_refs.n;
    pm_vec_into(&b->arcs, b->arena, &t->arcs);
    pm_vec_into(&b->refs, b->arena, &t->refs);
    pm_vec_into(&b->ring_refs, b->arena, &t->rings);
}

void pm_topology_build(const struct pm_layer *areas, const struct pm_layer *context,
                       const struct pm_layer *marks, struct pm_arena *arena,
                       struct pm_topology *topology)
{
    *topology = (struct pm_topology){.face_count = areas->feature_count + context->feature_count,
                                     .context_first = (uint32_t)areas->feature_count};
    struct builder b = {.topology = topology, .arena = arena};
    make_tables(&b, count_points(areas) + count_points(context));
    add_layer(&b, areas, 0);
    add_layer(&b, context, topology->context_first);
    find_junctions(&b);
    cut_at_seam(&b);
    if (marks)
        add_marks(&b, marks);
    free(b.slots); /* the largest of all, and done with */
    cut_rings(&b);
    hand_over(&b);
    pm_vec_finish(&b.chains);
    pm_vec_finish(&b.rings);
    pm_arena_finish(&b.scratch);
}
