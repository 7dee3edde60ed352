/* Points become numbers, segments become records, and everything else is counting.
 *
 * 1. Each distinct grid point gets a number; rings become sequences of numbers.
 * 2. Each distinct segment gets a record: which faces use it, and its mark.
 * 3. A point is a junction unless exactly two segments meet there and both part the same faces
 *    with the same mark. So a chain of segments between junctions is one border, whichever ring it
 *    is met in first.
 * 4. Rings are cut at junctions. The first ring that meets a chain stores it as an arc and writes
 *    its number on all its segments; the second finds it there.
 *
 * Hash tables (open addressing) make each step linear in the number of points. */
#include "geo/topology.h"

#include "base/hash.h"
#include "base/vec.h"
#include "base/banned.h"

#define NONE UINT32_MAX

struct segment {
    uint32_t low, high; /* numbers of its points */
    uint32_t faces[2];  /* in the order met; NONE if not used */
    uint32_t uses;
    uint32_t arc; /* NONE until a chain is stored */
    uint16_t mark;
    bool arc_rises; /* the arc runs from low to high here */
};

struct ring {
    struct pm_range ids; /* of builder.ids */
    uint32_t face;
};

struct builder {
    struct pm_topology *topology;
    struct pm_arena *arena;
    struct pm_arena scratch;
    uint32_t *point_slots, *segment_slots;
    size_t point_mask, segment_mask;
    struct pm_grid *points;
    uint32_t point_count;
    PM_VEC(struct segment) segments;
    PM_VEC(uint32_t) ids;
    PM_VEC(struct ring) rings;
    uint32_t *degree;  /* by point: segments that meet there */
    uint32_t *witness; /* by point: one of them */
    bool *junction;
    PM_VEC(struct pm_arc) arcs;
    PM_VEC(struct pm_grid) arc_points;
    PM_VEC(struct pm_arc_ref) refs;
    PM_VEC(struct pm_range) ring_refs;
};

/* ---- 1. points --------------------------------------------------------------------------------- */

static size_t table_size(size_t items)
{
    size_t size = 64;
    while (size < 2 * items)
        size *= 2;
    return size;
}

static uint32_t *new_table(struct builder *b, size_t size)
{
    uint32_t *slots = PM_NEW_N(&b->scratch, uint32_t, size);
    memset(slots, 0xFF, size * sizeof *slots);
    return slots;
}

/* The slot that holds the point, or the free one where it belongs. */
static uint32_t *point_slot(struct builder *b, struct pm_grid p)
{
    uint64_t key = (uint64_t)(uint32_t)p.x << 32 | (uint32_t)p.y;
    size_t i = (size_t)pm_hash_u64(key) & b->point_mask;
    while (b->point_slots[i] != NONE &&
           (b->points[b->point_slots[i]].x != p.x || b->points[b->point_slots[i]].y != p.y))
        i = (i + 1) & b->point_mask;
    return &b->point_slots[i];
}

static uint32_t number_point(struct builder *b, struct pm_grid p)
{
    uint32_t *slot = point_slot(b, p);
    if (*slot == NONE) {
        b->points[b->point_count] = p;
        *slot = b->point_count++;
    }
    return *slot;
}

static void add_ring(struct builder *b, const struct pm_grid *points, size_t count, uint32_t face)
{
    size_t first = b->ids.n;
    for (size_t i = 0; i < count; i++) {
        uint32_t id = number_point(b, points[i]);
        if (b->ids.n == first || b->ids.v[b->ids.n - 1] != id)
            pm_vec_push(&b->ids, id);
    }
    while (b->ids.n > first + 1 && b->ids.v[b->ids.n - 1] == b->ids.v[first])
        b->ids.n--;
    if (b->ids.n - first < 3)
        b->ids.n = first;
    else
        pm_vec_push(&b->rings, (struct ring){{first, b->ids.n - first}, face});
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

/* ---- 2. segments --------------------------------------------------------------------------------- */

static uint32_t *segment_slot(struct builder *b, uint32_t low, uint32_t high)
{
    size_t i = (size_t)pm_hash_u64((uint64_t)low << 32 | high) & b->segment_mask;
    while (b->segment_slots[i] != NONE && (b->segments.v[b->segment_slots[i]].low != low ||
                                           b->segments.v[b->segment_slots[i]].high != high))
        i = (i + 1) & b->segment_mask;
    return &b->segment_slots[i];
}

static uint32_t find_segment(struct builder *b, uint32_t p, uint32_t q)
{
    return *segment_slot(b, p < q ? p : q, p < q ? q : p);
}

static void use_segment(struct builder *b, uint32_t p, uint32_t q, uint32_t face)
{
    uint32_t low = p < q ? p : q, high = p < q ? q : p;
    uint32_t *slot = segment_slot(b, low, high);
    if (*slot == NONE) {
        *slot = (uint32_t)b->segments.n;
        pm_vec_push(
            &b->segments,
            (struct segment){
                .low = low, .high = high, .faces = {face, PM_NO_FACE}, .uses = 1, .arc = NONE});
        return;
    }
    struct segment *s = &b->segments.v[*slot];
    if (s->uses == 1)
        s->faces[1] = face;
    else
        b->topology->overused += s->uses == 2;
    s->uses++;
}

static void add_segments(struct builder *b)
{
    for (size_t r = 0; r < b->rings.n; r++) {
        const struct ring *ring = &b->rings.v[r];
        const uint32_t *ids = b->ids.v + ring->ids.first;
        for (size_t i = 0, j = ring->ids.count - 1; i < ring->ids.count; j = i++)
            use_segment(b, ids[j], ids[i], ring->face);
    }
    for (size_t i = 0; i < b->segments.n; i++) {
        struct segment *s = &b->segments.v[i];
        if (s->faces[1] < s->faces[0]) {
            uint32_t face = s->faces[0];
            s->faces[0] = s->faces[1];
            s->faces[1] = face;
        }
    }
}

static void mark_line(struct builder *b, const struct pm_grid *points, size_t count, uint16_t mark)
{
    uint32_t before = NONE;
    for (size_t i = 0; i < count; i++) {
        uint32_t here = *point_slot(b, points[i]);
        uint32_t segment =
            before != NONE && here != NONE && before != here ? find_segment(b, before, here) : NONE;
        if (segment != NONE)
            b->segments.v[segment].mark = mark;
        before = here;
    }
}

static void add_marks(struct builder *b, const struct pm_layer *marks)
{
    for (size_t f = 0; f < marks->feature_count && f < UINT16_MAX - 1; f++) {
        struct pm_range parts = marks->features[f].parts;
        for (size_t i = parts.first; i < parts.first + parts.count; i++)
            mark_line(b, marks->points + marks->parts[i].first, marks->parts[i].count,
                      (uint16_t)(f + 1));
    }
}

/* ---- 3. junctions ---------------------------------------------------------------------------------- */

static bool alike(const struct segment *s, const struct segment *t)
{
    return s->faces[0] == t->faces[0] && s->faces[1] == t->faces[1] && s->mark == t->mark;
}

static void meet(struct builder *b, uint32_t point, uint32_t segment)
{
    if (b->degree[point]++ == 0)
        b->witness[point] = segment;
    else if (!alike(&b->segments.v[segment], &b->segments.v[b->witness[point]]))
        b->junction[point] = true;
}

static void find_junctions(struct builder *b)
{
    b->degree = PM_NEW_N(&b->scratch, uint32_t, b->point_count);
    b->witness = PM_NEW_N(&b->scratch, uint32_t, b->point_count);
    b->junction = PM_NEW_N(&b->scratch, bool, b->point_count);
    for (size_t i = 0; i < b->segments.n; i++) {
        meet(b, b->segments.v[i].low, (uint32_t)i);
        meet(b, b->segments.v[i].high, (uint32_t)i);
    }
    for (uint32_t p = 0; p < b->point_count; p++)
        b->junction[p] |= b->degree[p] != 2;
}

/* ---- 4. arcs ------------------------------------------------------------------------------------------ */

static int compare_points(const struct builder *b, uint32_t p, uint32_t q)
{
    struct pm_grid a = b->points[p], c = b->points[q];
    if (a.x != c.x)
        return a.x < c.x ? -1 : 1;
    return (a.y > c.y) - (a.y < c.y);
}

/* A ring as a cyclic sequence, and a stretch of it. */
struct chain {
    const uint32_t *ids;
    size_t ring_count;
    size_t first, length; /* `length` segments from ids[first] on */
};

static uint32_t chain_id(const struct chain *c, size_t i)
{
    return c->ids[(c->first + i) % c->ring_count];
}

/* The direction in which a chain is stored depends on its points alone: the lesser end first, or,
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

static uint32_t store_arc(struct builder *b, const struct chain *c)
{
    uint32_t number = (uint32_t)b->arcs.n;
    const struct segment *sample = &b->segments.v[find_segment(b, chain_id(c, 0), chain_id(c, 1))];
    struct pm_arc arc = {.points = {b->arc_points.n, c->length + 1},
                         .faces = {sample->faces[0], sample->faces[1]},
                         .mark = sample->mark,
                         .closed = chain_id(c, 0) == chain_id(c, c->length)};
    bool backwards = stored_backwards(b, c);
    for (size_t i = 0; i <= c->length; i++)
        pm_vec_push(&b->arc_points, b->points[chain_id(c, backwards ? c->length - i : i)]);
    for (size_t i = 0; i < c->length; i++) {
        uint32_t p = chain_id(c, i), q = chain_id(c, i + 1);
        struct segment *s = &b->segments.v[find_segment(b, p, q)];
        s->arc = number;
        s->arc_rises = (p < q) != backwards;
    }
    pm_vec_push(&b->arcs, arc);
    return number;
}

static void add_chain(struct builder *b, const struct chain *c)
{
    uint32_t p = chain_id(c, 0), q = chain_id(c, 1);
    uint32_t segment = find_segment(b, p, q);
    if (b->segments.v[segment].arc == NONE)
        store_arc(b, c);
    const struct segment *s = &b->segments.v[segment];
    pm_vec_push(&b->refs, (struct pm_arc_ref){s->arc, (p < q) != s->arc_rises});
}

/* Where a ring may be cut first: its first junction, or its least point. */
static size_t ring_start(const struct builder *b, const uint32_t *ids, size_t count, bool *cut)
{
    size_t least = 0;
    for (size_t i = 0; i < count; i++) {
        if (b->junction[ids[i]]) {
            *cut = true;
            return i;
        }
        if (compare_points(b, ids[i], ids[least]) < 0)
            least = i;
    }
    *cut = false;
    return least;
}

static void cut_ring(struct builder *b, const struct ring *ring)
{
    const uint32_t *ids = b->ids.v + ring->ids.first;
    size_t count = ring->ids.count, first_ref = b->refs.n;
    bool cut = false;
    size_t start = ring_start(b, ids, count, &cut);
    size_t done = 0;
    while (done < count) {
        struct chain c = {ids, count, start + done, 1};
        while (done + c.length < count && !(cut && b->junction[chain_id(&c, c.length)]))
            c.length++;
        add_chain(b, &c);
        done += c.length;
    }
    pm_vec_push(&b->ring_refs, (struct pm_range){first_ref, b->refs.n - first_ref});
}

/* Rings come face by face, so each face's are a range. */
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

static void make_tables(struct builder *b, size_t points)
{
    size_t size = table_size(points);
    b->points = PM_NEW_N(&b->scratch, struct pm_grid, points);
    b->point_slots = new_table(b, size);
    b->segment_slots = new_table(b, size);
    b->point_mask = b->segment_mask = size - 1;
}

static void hand_over(struct builder *b)
{
    struct pm_topology *t = b->topology;
    t->point_count = b->arc_points.n;
    t->arc_count = b->arcs.n;
    t->ref_count = b->refs.n;
    t->ring_count = b->ring_refs.n;
    pm_vec_into(&b->arc_points, b->arena, &t->points);
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
    make_tables(&b, areas->point_count + context->point_count);
    add_layer(&b, areas, 0);
    add_layer(&b, context, topology->context_first);
    add_segments(&b);
    if (marks)
        add_marks(&b, marks);
    find_junctions(&b);
    cut_rings(&b);
    hand_over(&b);
    pm_vec_finish(&b.segments);
    pm_vec_finish(&b.ids);
    pm_vec_finish(&b.rings);
    pm_arena_finish(&b.scratch);
}
