#include "layout/reduce.h"

#include <stdint.h>

#include "base/arena.h"
#include "geo/cells.h"
#include "base/banned.h"

#define NONE SIZE_MAX

enum { MOST_ROUNDS = 4 };

/* ---- first: the best places that are in nobody's way ------------------------------------------ */

/* Most labels have one, and are done: what is left for the rest is little. */
struct sieve {
    const struct pm_candidate *candidates;
    const struct pm_box *extents;
    struct pm_choice *labels;
    size_t count;
    struct pm_box *reaches; /* by label: of all that it may still need */
    struct pm_cells cells;  /* of what the reaches were at first */
    struct pm_arena arena;
};

static struct pm_box reach_of(const struct sieve *s, size_t label)
{
    struct pm_range r = s->labels[label].candidates;
    struct pm_box reach = {0};
    for (size_t i = r.first; i < r.first + r.count; i++)
        reach = pm_box_union(reach, s->extents[i]);
    return reach;
}

static bool may_meet(const struct sieve *s, size_t candidate, size_t label)
{
    struct pm_range r = s->labels[label].candidates;
    struct pm_box extent = s->extents[candidate];
    if (!pm_box_meets(extent, s->reaches[label]))
        return false;
    for (size_t i = r.first; i < r.first + r.count; i++)
        if (pm_box_meets(extent, s->extents[i]) &&
            pm_candidates_conflict(&s->candidates[candidate], &s->candidates[i]))
            return true;
    return false;
}

static bool is_best_free(const struct sieve *s, size_t label)
{
    size_t best = s->labels[label].candidates.first;
    struct pm_cell_walk walk = pm_cells_walk(&s->cells, s->extents[best]);
    for (size_t i = pm_cells_next(&walk); i != SIZE_MAX; i = pm_cells_next(&walk))
        if (i != label && may_meet(s, best, i))
            return false;
    return true;
}

/* False if that leaves no label less. */
static bool sift(struct sieve *s)
{
    bool any = false;
    for (size_t i = 0; i < s->count; i++) {
        if (s->labels[i].candidates.count < 2 || !is_best_free(s, i))
            continue;
        s->labels[i].candidates.count = 1;
        s->reaches[i] = reach_of(s, i);
        any = true;
    }
    return any;
}

static void keep_best(const struct pm_candidate *candidates, const struct pm_box *extents,
                      struct pm_choice *labels, size_t count)
{
    struct sieve s = {
        .candidates = candidates, .extents = extents, .labels = labels, .count = count};
    struct pm_box frame = {0};
    struct pm_box *reaches = PM_NEW_N(&s.arena, struct pm_box, count);
    for (size_t i = 0; i < count; i++) {
        reaches[i] = reach_of(&s, i);
        frame = pm_box_union(frame, reaches[i]);
    }
    pm_cells_make(&s.cells, frame, reaches, count, &s.arena);
    s.reaches = pm_memdup(&s.arena, reaches, count * sizeof *reaches);
    for (int round = 0; round < MOST_ROUNDS && sift(&s); round++)
        continue;
    pm_arena_finish(&s.arena);
}

/* ---- then: what costs more than a place that is in nobody's way --------------------------------- */

/* Candidates by rank: those of the first label, then those of the second … */
struct reducer {
    const struct pm_candidate *candidates;
    const struct pm_box *extents;
    struct pm_choice *labels;
    size_t count;
    struct pm_cells cells; /* of ranks */
    struct pm_box *boxes;
    size_t *owners;   /* its label */
    size_t *blockers; /* a rank that was found in conflict with it, or NONE */
    size_t *firsts;   /* by label: its first rank */
    struct pm_arena arena;
};

static size_t candidate_of(const struct reducer *r, size_t rank)
{
    size_t label = r->owners[rank];
    return r->labels[label].candidates.first + rank - r->firsts[label];
}

static bool is_needed(const struct reducer *r, size_t rank)
{
    size_t label = r->owners[rank];
    return rank - r->firsts[label] < r->labels[label].candidates.count;
}

static bool blocks(const struct reducer *r, size_t rank, size_t other)
{
    return r->owners[other] != r->owners[rank] && is_needed(r, other) &&
           pm_candidates_conflict(&r->candidates[candidate_of(r, rank)],
                                  &r->candidates[candidate_of(r, other)]);
}

/* What blocks the candidate before often blocks this one, too. */
static bool is_free(struct reducer *r, size_t rank)
{
    size_t *blocker = &r->blockers[rank];
    if (*blocker != NONE && is_needed(r, *blocker))
        return false;
    if (rank > 0 && r->blockers[rank - 1] != NONE && blocks(r, rank, r->blockers[rank - 1])) {
        *blocker = r->blockers[rank - 1];
        return false;
    }
    struct pm_cell_walk walk = pm_cells_walk(&r->cells, r->boxes[rank]);
    do
        *blocker = pm_cells_next(&walk);
    while (*blocker != NONE && !blocks(r, rank, *blocker));
    return *blocker == NONE;
}

/* Leaves a label what costs no more than the first that is free; false if that takes nothing away. */
static bool shorten(struct reducer *r, size_t label)
{
    struct pm_range *own = &r->labels[label].candidates;
    for (size_t i = 0; i + 1 < own->count; i++)
        if (is_free(r, r->firsts[label] + i)) {
            own->count = i + 1;
            return true;
        }
    return false;
}

static void rank_candidates(struct reducer *r)
{
    size_t total = 0, rank = 0;
    struct pm_box frame = {0};
    for (size_t i = 0; i < r->count; i++)
        total += r->labels[i].candidates.count;
    r->boxes = PM_NEW_N(&r->arena, struct pm_box, total);
    r->owners = PM_NEW_N(&r->arena, size_t, total);
    r->blockers = PM_NEW_N(&r->arena, size_t, total);
    r->firsts = PM_NEW_N(&r->arena, size_t, r->count);
    for (size_t i = 0; i < r->count; i++) {
        r->firsts[i] = rank;
        for (size_t k = 0; k < r->labels[i].candidates.count; k++, rank++) {
            r->boxes[rank] = r->extents[r->labels[i].candidates.first + k];
            r->owners[rank] = i;
            r->blockers[rank] = NONE;
            frame = pm_box_union(frame, r->boxes[rank]);
        }
    }
    pm_cells_make(&r->cells, frame, r->boxes, total, &r->arena);
}

void pm_reduce_labels(const struct pm_candidate *candidates, const struct pm_box *extents,
                      struct pm_choice *labels, size_t count)
{
    struct reducer r = {
        .candidates = candidates, .extents = extents, .labels = labels, .count = count};
    bool any = true;
    keep_best(candidates, extents, labels, count);
    rank_candidates(&r);
    while (any) {
        any = false;
        for (size_t i = 0; i < count; i++)
            any |= shorten(&r, i);
    }
    pm_arena_finish(&r.arena);
}
