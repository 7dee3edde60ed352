/* Limits on what provmap reads, all in one place; the README lists those that users can meet. No
 * file chooses the size of an allocation: what a file claims is held against its length, and its
 * length against these. Beyond a limit is an error that names it. */
#ifndef PM_BASE_LIMITS_H
#define PM_BASE_LIMITS_H

enum {
    PM_MOST_SHAPE_BYTES = 1024 * 1024 * 1024, /* of a .shp, and of a .shx */
    PM_MOST_TABLE_BYTES = 512 * 1024 * 1024,  /* of a .dbf */
    PM_MOST_PRJ_BYTES = 64 * 1024,            /* of a .prj */
    PM_MOST_CPG_BYTES = 16 * 1024 * 1024,     /* of a .cpg, which may be any file */
    PM_MOST_WKT_DEPTH = 24,                   /* of brackets in a coordinate system */

    PM_MOST_TEXT_BYTES = 64 * 1024 * 1024, /* of a JSON file or a table */
    PM_MOST_JSON_VALUES = 2 * 1000 * 1000, /* in a JSON file, keys not counted */
    PM_MOST_JSON_DEPTH = 100,              /* of brackets in brackets */
    PM_MOST_CELLS = 2 * 1000 * 1000,       /* of a table that is imported */
    PM_MOST_MAP_TEXT = 8000,               /* bytes of a text that is set on a map */
    PM_MOST_NAME = 1000,                   /* bytes of a name, id or path in a JSON file */
    PM_MOST_LANGUAGES = 200,               /* of one text */
    PM_MOST_STATUSES = 200,                /* that a file declares */
    PM_MOST_EXTENDS = 8,                   /* styles that extend each other */
    PM_MOST_MESSAGE = 2000,                /* bytes of a message that are kept */
    PM_MOST_ALIKE_DIAGS = 200,             /* messages of one id that are kept; then a count */
    PM_MOST_JOBS = 100 * 1000,             /* maps of one jobs file */
    PM_MOST_SLUG = 120,                    /* bytes of a value in a file's name */
    PM_MOST_THREADS = 256,                 /* that draw maps */
    PM_MOST_PROPOSALS = 100,               /* unknown names for which others are proposed */

    PM_MOST_CACHE_BYTES = 128 * 1024 * 1024, /* of geometry that no map uses at the moment */
    PM_MOST_ROOM_BYTES = 16 * 1024 * 1024,   /* … of labels and insets with each */
    PM_MOST_KEPT_FILES = 32,                 /* status files, shapes and styles that none uses */
    PM_MOST_MEASURED = 20 * 1000, /* texts that an engine's fonts remember between maps … */
    PM_MOST_WRAPPED = 5 * 1000,   /* … those in several lines … */
    PM_MOST_SET = 1000,           /* … those that are drawn … */
    PM_MOST_OUTLINES = 5 * 1000,  /* … their glyphs … */
    PM_MOST_DRAWN_BYTES = 4 * 1024 * 1024,  /* … and outlines of texts where they are drawn */
    PM_MOST_TRACED_BYTES = 2 * 1024 * 1024, /* paths as SVG writes them, that an engine keeps */

    PM_MOST_KEPT_PIXELS = 4 * 1000 * 1000, /* of a picture that an engine keeps for the next */

    PM_LEAST_SIDE = 200, /* of a page, px */
    PM_MOST_SIDE = 20000,
    PM_MOST_PIXELS = 200 * 1000 * 1000,
    PM_LEAST_DPI = 10,
    PM_MOST_DPI = 2400,
};

/* seconds: how long an animation shows a day */
#define PM_LEAST_FRAME_SECONDS 0.1
#define PM_MOST_FRAME_SECONDS 20.0

#endif
