/* Writes shapefiles of every kind found in the wild, most of them damaged, into a folder.
 * usage: make FOLDER
 *
 * Each row of `files` is one shapefile: what it holds, then what is done to its bytes. The plain one
 * has three squares: header of 100 bytes, records of 136; and a table: header of 97, records of 51.
 * Where a layer other than areas or an option is to be shown, a NAME.json stands beside it. */
#include <shapefil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what the files are made of ------------------------------------------------------ */

/* Shapes are parted by '|', their parts by ';', points by ','. Nothing is a null shape. */
#define A "60 30,60 31,61 31,61 30,60 30"
#define B "61 30,61 31,62 31,62 30,61 30"
#define C "62 30,62 31,63 31,63 30,62 30"
#define PLAIN A "|" B "|" C

#define DEGREES "UNIT[\"degree\",0.0174532925199433]"
#define GREENWICH "PRIMEM[\"Greenwich\",0]"
#define WGS84                                                                                      \
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]]," GREENWICH  \
    "," DEGREES "]"
#define ESRI_WGS84                                                                                 \
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]]" \
    ",PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"

#define UTM_SHAPES                                                                                 \
    "300000 3500000,300000 3600000,400000 3600000,400000 3500000,300000 3500000|"                  \
    "400000 3500000,400000 3600000,500000 3600000,500000 3500000,400000 3500000|"                  \
    "500000 3500000,500000 3600000,600000 3600000,600000 3500000,500000 3500000"
#define UTM_ESRI                                                                                   \
    "PROJCS[\"WGS_1984_UTM_Zone_42N\"," ESRI_WGS84 ",PROJECTION[\"Transverse_Mercator\"],"         \
    "PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"                     \
    "PARAMETER[\"Central_Meridian\",69.0],PARAMETER[\"Scale_Factor\",0.9996],"                     \
    "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
#define UTM_OGC                                                                                    \
    "PROJCS[\"WGS 84 / UTM zone 42N\"," WGS84 ",PROJECTION[\"Transverse_Mercator\"],"              \
    "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",69],"                      \
    "PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\",500000],"                      \
    "PARAMETER[\"false_northing\",0],UNIT[\"metre\",1],AUTHORITY[\"EPSG\",\"32642\"]]"
#define UTM_WKT2                                                                                   \
    "PROJCRS[\"WGS 84 / UTM zone 42N\",BASEGEOGCRS[\"WGS 84\",DATUM[\"World Geodetic System "      \
    "1984\",ELLIPSOID[\"WGS 84\",6378137,298.257223563]]],CONVERSION[\"UTM zone 42N\","            \
    "METHOD[\"Transverse Mercator\"],PARAMETER[\"Latitude of natural origin\",0],"                 \
    "PARAMETER[\"Longitude of natural origin\",69],"                                               \
    "PARAMETER[\"Scale factor at natural origin\",0.9996],PARAMETER[\"False easting\",500000],"    \
    "PARAMETER[\"False northing\",0]],CS[Cartesian,2],AXIS[\"(E)\",east],AXIS[\"(N)\",north],"     \
    "LENGTHUNIT[\"metre\",1]]"
#define POLAR                                                                                      \
    "PROJCS[\"WGS_1984_Arctic\"," ESRI_WGS84 ",PROJECTION[\"Stereographic_North_Pole\"],"          \
    "PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",0.0],"                          \
    "PARAMETER[\"Central_Meridian\",0.0],PARAMETER[\"Standard_Parallel_1\",71.0],UNIT[\"Meter\","  \
    "1.0]]"
#define MERCATOR                                                                                   \
    "PROJCS[\"WGS_1984_Web_Mercator_Auxiliary_Sphere\"," ESRI_WGS84                                \
    ",PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"False_Easting\",0.0],"                 \
    "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",0.0],"                       \
    "PARAMETER[\"Standard_Parallel_1\",0.0],PARAMETER[\"Auxiliary_Sphere_Type\",0.0],"             \
    "UNIT[\"Meter\",1.0]]"
#define ALBERS                                                                                     \
    "PROJCS[\"Asia_North_Albers_Equal_Area_Conic\"," ESRI_WGS84 ",PROJECTION[\"Albers\"],"         \
    "PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",0.0],"                          \
    "PARAMETER[\"Central_Meridian\",95.0],PARAMETER[\"Standard_Parallel_1\",15.0],"                \
    "PARAMETER[\"Standard_Parallel_2\",65.0],PARAMETER[\"Latitude_Of_Origin\",30.0],"              \
    "UNIT[\"Meter\",1.0]]"
#define METRES                                                                                     \
    "7000000 3500000,7000000 3600000,7100000 3600000,7100000 3500000,7000000 3500000|"             \
    "7100000 3500000,7100000 3600000,7200000 3600000,7200000 3500000,7100000 3500000|"             \
    "7200000 3500000,7200000 3600000,7300000 3600000,7300000 3500000,7200000 3500000"
#define AMERICA                                                                                    \
    "-100 30,-100 31,-99 31,-99 30,-100 30|-99 30,-99 31,-98 31,-98 30,-99 30|"                    \
    "-98 30,-98 31,-97 31,-97 30,-98 30"
#define HTML "<!DOCTYPE html><html><body>404 Not Found</body></html>"

struct field {
    const char *name;
    char type;
    int width, decimals;
};

static const struct field usual[] = {{"code", 'C', 10, 0}, {"name", 'C', 40, 0}, {NULL}};

struct op {
    enum { NONE, PATCH, CUT, APPEND, REMOVE, REPLACE } what;
    const char *ending;
    long at;
    const char *bytes;
    size_t size;
};

#define AT(ending, at, bytes)                                                                      \
    {                                                                                              \
        PATCH, ending, at, bytes, sizeof(bytes) - 1                                                \
    }
#define NO_BOX "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define CUT_TO(ending, size)                                                                       \
    {                                                                                              \
        CUT, ending, size                                                                          \
    }
#define MORE(ending, bytes)                                                                        \
    {                                                                                              \
        APPEND, ending, 0, bytes, sizeof(bytes) - 1                                                \
    }
#define WITHOUT(ending)                                                                            \
    {                                                                                              \
        REMOVE, ending                                                                             \
    }
#define INSTEAD(ending, bytes)                                                                     \
    {                                                                                              \
        REPLACE, ending, 0, bytes, sizeof(bytes) - 1                                               \
    }

struct file {
    const char *name;
    const char *shapes;    /* NULL: PLAIN */
    const char *names[3];  /* of the second field, NULL: Alpha, Beta, Gamma */
    const char *prj, *cpg; /* NULL: WGS84; none */
    const char *layer;     /* NULL: the file as it is; else how a NAME.json reads it */
    int type;              /* 0: SHPT_POLYGON */
    int ldid;
    const struct field *fields; /* NULL: usual */
    struct op ops[4];
};

/* ---- the files ------------------------------------------------------------------------ */

static const struct field duplicates[] = {
    {"code", 'C', 10, 0}, {"name", 'C', 40, 0}, {"x", 'C', 1, 0}, {"x", 'C', 1, 0}, {NULL}};
static const struct field clash[] = {
    {"code", 'C', 10, 0}, {"name", 'C', 40, 0}, {"NAME", 'C', 9, 0}, {NULL}};
static const struct field same[] = {{"code", 'C', 10, 0}, {"code", 'C', 40, 0}, {NULL}};
static const struct field numbers[] = {{"code", 'C', 10, 0}, {"rank", 'N', 8, 2}, {NULL}};
static const struct field narrow[] = {{"code", 'C', 10, 0}, {"name", 'C', 5, 0}, {NULL}};
static const struct field widest[] = {{"code", 'C', 10, 0}, {"name", 'C', 254, 0}, {NULL}};
static const struct field wide[] = {{"code", 'C', 10, 0}, {"name", 'C', 44, 1}, {NULL}}; /* 300 */

#define AREAS(more)                                                                                \
    "\"areas\": {\"file\": \"@.shp\", \"key\": \"code\", \"name\": \"name\"" more "}"
#define BESIDE(layer, more)                                                                        \
    "\"areas\": {\"file\": \"plain.shp\", \"key\": \"code\", \"name\": \"name\"}, \"" layer        \
    "\": {\"file\": \"@.shp\", \"name\": \"name\"" more "}"
#define LONG "an area with a name so long that nobody would write it on a map; "
#define LATIN1                                                                                     \
    {                                                                                              \
        "Alpha", "K\xF6ln",                                                                        \
            "Orl\xE9"                                                                              \
            "ans"                                                                                  \
    }
#define UTF8                                                                                       \
    {                                                                                              \
        "Alpha", "Köln", "هلمند"                                                              \
    }
#define LINES "60.1 30.1,60.9 30.9;61.1 30.1,61.9 30.9|61 30,62 31|62.1 30.1,62.9 30.9"
#define POINTS "60.5 30.5|61.5 30.5|62.5 30.5"

static const struct file files[] = {
    /* kinds */
    {"plain"},
    {"polygon_z", .type = SHPT_POLYGONZ},
    {"polygon_m", .type = SHPT_POLYGONM},
    {"lines", .type = SHPT_ARC, .shapes = LINES, .layer = BESIDE("rivers", "")},
    {"lines_z", .type = SHPT_ARCZ, .shapes = LINES, .layer = BESIDE("rivers", "")},
    {"lines_m", .type = SHPT_ARCM, .shapes = LINES, .layer = BESIDE("rivers", "")},
    {"points", .type = SHPT_POINT, .shapes = POINTS, .layer = BESIDE("places", "")},
    {"points_z", .type = SHPT_POINTZ, .shapes = POINTS, .layer = BESIDE("places", "")},
    {"points_m", .type = SHPT_POINTM, .shapes = POINTS, .layer = BESIDE("places", "")},
    {"multipoint", .type = SHPT_MULTIPOINT, .shapes = POINTS, .layer = BESIDE("places", "")},
    {"multipoint_of_two", .type = SHPT_MULTIPOINT,
     .shapes = "60.5 30.5,60.6 30.6|61.5 30.5|62.5 30.5", .layer = BESIDE("places", "")},
    {"multipatch", .type = SHPT_MULTIPATCH},
    {"lines_as_areas", .type = SHPT_ARC, .shapes = LINES},
    {"kind_unknown", .ops = {AT("shp", 32, "\x63")}},
    {"kinds_mixed", .ops = {AT("shp", 100 + 8, "\x03")}},
    /* shapes */
    {"several_parts", .shapes = A ";60.2 28,60.2 29,60.8 29,60.8 28,60.2 28|" B "|" C},
    {"hole", .shapes = A ";60.2 30.2,60.8 30.2,60.8 30.8,60.2 30.8,60.2 30.2|" B "|" C},
    {"winding_wrong",
     .shapes = "60 30,61 30,61 31,60 31,60 30;60.2 30.2,60.8 30.2,60.8 30.8,60.2 30.8,60.2 "
               "30.2|" B "|" C},
    {"ring_open", .shapes = "60 30,60 31,61 31,61 30|" B "|" C},
    {"ring_of_a_dot", .shapes = "60 30,60 30,60 30,60 30|" B "|" C},
    {"null_first", .shapes = "|" B "|" C},
    {"null_middle", .shapes = A "||" C},
    {"null_last", .shapes = A "|" B "|"},
    {"null_all", .shapes = "||"},
    {"not_a_number", .ops = {AT("shp", 100 + 8 + 48, "\0\0\0\0\0\0\xF8\x7F")}},
    {"antimeridian_split",
     .shapes = "170 30,170 40,180 40,180 30,170 30;-180 30,-180 40,-170 40,-170 30,-180 30|"
               "170 20,170 30,180 30,180 20,170 20|-180 20,-180 30,-170 30,-170 20,-180 20"},
    {"antimeridian_whole",
     .shapes = "170 30,170 40,-170 40,-170 30,170 30|170 20,170 30,180 30,180 20,170 20|"
               "-180 20,-180 30,-170 30,-170 20,-180 20"},
    {"antimeridian_360",
     .shapes = "170 30,170 40,190 40,190 30,170 30|170 20,170 30,180 30,180 20,170 20|"
               "180 20,180 30,190 30,190 20,180 20"},
    {"antimeridian_place", .type = SHPT_POINT, .shapes = "60.5 30.5|61.5 30.5|-297.5 30.5",
     .layer = BESIDE("places", "")},
    {"antimeridian_river", .type = SHPT_ARC, .shapes = "175 30,-175 31|61 30,62 31|62 30,63 31",
     .layer = BESIDE("rivers", "")},
    {"around_the_pole", .shapes = "0 70,-120 70,120 70,0 70;0 80,120 80,-120 80,0 80|"
                                  "0 80,-120 80,120 80,0 80|0 60,0 70,60 70,60 60,0 60"},
    {"around_twice", .shapes = "0 60,-120 61,120 62,0 63,-120 64,120 65,0 60|" B "|" C},
    {"beyond_degrees", .shapes = "500000 30,500000 31,500001 31,500001 30,500000 30|" B "|" C},
    {"code_twice", .layer = AREAS(""), .ops = {AT("dbf", 97 + 51 + 1, "A")}},
    {"one_area_in_two_records", .layer = AREAS(""), .names = {"Alpha", "Alpha", "Gamma"},
     .ops = {AT("dbf", 97 + 51 + 1, "A")}},
    /* .shp and .shx */
    {"shx_missing", .ops = {WITHOUT("shx")}},
    {"shx_cut_off", .ops = {CUT_TO("shx", 110)}},
    {"shx_empty", .ops = {CUT_TO("shx", 0)}},
    {"shx_header_short", .ops = {AT("shx", 24, "\0\0\0\x32")}},
    {"shx_header_long", .ops = {AT("shx", 24, "\0\0\x01\0")}},
    {"shx_trailing", .ops = {MORE("shx", "\xDE\xAD\xBE\xEF\xDE\xAD\xBE\xEF\xDE\xAD")}},
    {"shx_astray", .ops = {AT("shx", 100, "\0\xFF\xFF\xFF")}},
    {"shx_lengths_odd", .ops = {AT("shx", 104, "\0\0\0\x42"), AT("shx", 112, "\0\0\0\x20")}},
    {"shx_missing_unnumbered", .ops = {WITHOUT("shx"), AT("shp", 100, "\0\0\0\x09")}},
    {"shx_and_dbf_shorter",
     .ops = {CUT_TO("shx", 116), AT("shx", 27, "\x3A"), AT("dbf", 4, "\x02")}},
    {"shx_leads_twice_to_one", .ops = {AT("shx", 108, "\0\0\0\x32")}},
    {"shx_leads_into_records",
     .ops = {AT("shp", 160, "\0\0\0\x02\0\0\0\xA8\x05\0\0\0" NO_BOX "\x01\0\0\0\x12\0\0\0\0\0\0\0"),
             AT("shp", 296, "\0\0\0\x03\0\0\0\x60\x05\0\0\0" NO_BOX "\x01\0\0\0\x09\0\0\0\0\0\0\0"),
             AT("shx", 108, "\0\0\0\x50"), AT("shx", 116, "\0\0\0\x94")}},
    {"shx_of_other", .ops = {AT("shx", 100, "\0\0\0\x40"), AT("shx", 108, "\0\0\0\x50"),
                             AT("shp", 100, "\0\0\0\x09")}},
    {"shp_header_short", .ops = {AT("shp", 24, "\0\0\0\x40")}},
    {"shp_header_short_shx_missing", .ops = {AT("shp", 24, "\0\0\0\x40"), WITHOUT("shx")}},
    {"shp_header_long", .ops = {AT("shp", 24, "\0\x01\0\0")}},
    {"shp_header_long_shx_missing", .ops = {AT("shp", 24, "\0\x01\0\0"), WITHOUT("shx")}},
    {"shp_trailing",
     .ops = {MORE("shp", "\xDE\xAD\xBE\xEF\xDE\xAD\xBE\xEF\xDE\xAD\xBE\xEF\xDE\xAD")}},
    {"shp_trailing_shx_missing",
     .ops = {MORE("shp", "\xDE\xAD\xBE\xEF\xDE\xAD\xBE\xEF\xDE\xAD\xBE\xEF\xDE\xAD"),
             WITHOUT("shx")}},
    {"shp_cut_off", .ops = {CUT_TO("shp", 300)}},
    {"shp_cut_off_shx_missing", .ops = {CUT_TO("shp", 300), WITHOUT("shx")}},
    {"shp_cut_between_records", .ops = {CUT_TO("shp", 372)}},
    {"shp_cut_in_header", .ops = {CUT_TO("shp", 60)}},
    {"shp_empty", .ops = {CUT_TO("shp", 0)}},
    {"shp_is_png", .ops = {INSTEAD("shp", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR")}},
    {"shp_is_html", .ops = {INSTEAD("shp", HTML)}},
    {"shp_is_zip", .ops = {INSTEAD("shp", "PK\x03\x04\x14\0\0\0")}},
    {"record_of_208_mb",
     .ops = {AT("shp", 236 + 4, "\x06\x32\xFA\x40"), AT("shx", 108 + 4, "\x06\x32\xFA\x40")}},
    {"record_of_208_mb_shx_missing",
     .ops = {AT("shp", 236 + 4, "\x06\x32\xFA\x40"), WITHOUT("shx")}},
    {"record_of_208_mb_by_itself", .ops = {AT("shp", 236 + 4, "\x06\x32\xFA\x40")}},
    {"parts_huge", .ops = {AT("shp", 100 + 8 + 36, "\xFF\xFF\xFF\x7F"),
                           AT("shp", 372 + 8 + 36, "\xFF\xFF\xFF\x7F")}},
    {"parts_negative", .ops = {AT("shp", 100 + 8 + 36, "\xFF\xFF\xFF\xFF")}},
    {"points_huge", .ops = {AT("shp", 100 + 8 + 40, "\xFF\xFF\xFF\x0F")}},
    {"points_negative", .ops = {AT("shp", 100 + 8 + 40, "\xFB\xFF\xFF\xFF")}},
    {"parts_out_of_order", .shapes = A ";60.2 28,60.2 29,60.8 29,60.8 28,60.2 28|" B "|" C,
     .ops = {AT("shp", 100 + 8 + 44, "\x06\0\0\0")}},
    {"part_beyond_points", .ops = {AT("shp", 100 + 8 + 44, "\x09\0\0\0")}},
    {"with space"},
    /* .dbf */
    {"dbf_missing", .ops = {WITHOUT("dbf")}},
    {"dbf_cut_off", .ops = {CUT_TO("dbf", 97 + 60)}},
    {"dbf_cut_in_header", .ops = {CUT_TO("dbf", 20)}},
    {"dbf_is_html", .ops = {INSTEAD("dbf", HTML)}},
    {"dbf_shorter", .ops = {AT("dbf", 4, "\x02"), CUT_TO("dbf", 97 + 2 * 51)}},
    {"dbf_longer", .ops = {AT("dbf", 4, "\x04"),
                           MORE("dbf", " D         Delta                                   ")}},
    {"dbf_count_absurd", .ops = {AT("dbf", 4, "\xFF\xFF\xFF\x7F")}},
    {"dbf_width_wrong", .ops = {AT("dbf", 10, "\x20")}},
    {"dbf_width_zero", .ops = {AT("dbf", 10, "\0\0")}},
    {"dbf_header_length_wrong", .ops = {AT("dbf", 8, "\x20")}},
    {"dbf_header_nonsense", .ops = {AT("dbf", 8, "\x20\x70\x07")}},
    {"dbf_trailing", .ops = {MORE("dbf", "left behind by an editor that wrote fewer records")}},
    {"dbf_deleted", .ops = {AT("dbf", 97 + 51, "*")}},
    {"field_name_nul", .ops = {AT("dbf", 64, "na\0me")}},
    {"field_name_empty", .ops = {AT("dbf", 64, "\0\0\0\0")}},
    {"field_names_alike_unused", .fields = duplicates},
    {"field_names_alike_used", .fields = same,
     .layer = "\"areas\": {\"file\": \"@.shp\", \"key\": \"code\"}"},
    {"field_names_alike_but_for_case", .fields = clash, .layer = AREAS("")},
    {"field_unknown",
     .layer = "\"areas\": {\"file\": \"@.shp\", \"key\": \"cod\", \"name\": \"title\"}"},
    {"field_widest", .fields = widest, .names = {"Alpha", LONG LONG LONG, "Gamma"}},
    {"field_overlong", .fields = wide, .names = {"Alpha", LONG LONG LONG LONG, "Gamma"}},
    {"numbers_blank_and_starred", .type = SHPT_POINT, .shapes = POINTS, .fields = numbers,
     .names = {"    1.00", "********", "        "},
     .layer =
         "\"areas\": {\"file\": \"plain.shp\", \"key\": \"code\", \"name\": \"name\"}, \"places\": "
         "{\"file\": \"@.shp\", \"name\": \"code\", \"rank\": \"rank\"}"},
    {"numbers_bad", .type = SHPT_POINT, .shapes = POINTS, .fields = numbers,
     .names = {"    1.00", "     1,5", "  1e9999"},
     .layer =
         "\"areas\": {\"file\": \"plain.shp\", \"key\": \"code\", \"name\": \"name\"}, \"places\": "
         "{\"file\": \"@.shp\", \"name\": \"code\", \"rank\": \"rank\"}"},
    /* cells */
    {"cells_line_feeds", .names = {"Alpha", "Beta\r\n of the  West", "Gamma\n"}},
    {"cells_odd_blanks", .names = {"\u00A0Alpha\u2007", "\u3000Beta\u202F", "Gam\u00A0ma"}},
    {"cells_marks", .names = {"Alpha\u200E", "\uFEFF\u202Bبادغیس\u202C\u200F", "می\u200Cخواهم"}},
    {"cells_null", .names = {"Alpha", "<Null>", "NULL"}, .layer = AREAS("")},
    {"cells_stars_and_nul", .names = {"Alpha", "***"}, .layer = AREAS(""),
     .ops = {AT("dbf", 97 + 2 * 51 + 11, "Gam\0ma")}},
    /* encodings */
    {"utf8_without_cpg", .names = UTF8},
    {"utf8_with_bom_in_cpg", .names = UTF8, .cpg = "\xEF\xBB\xBFUTF-8\r\n"},
    {"utf8_65001", .names = UTF8, .cpg = "65001"},
    {"utf8_cut_in_a_letter", .fields = narrow, .names = {"Köln", "هلمند", "Gamma"}, .cpg = "utf8"},
    {"utf8_cpg_lies", .names = UTF8, .cpg = "1252"},
    {"utf8_cpg_of_shapelib", .names = UTF8, .cpg = "LDID/87"},
    {"latin1_cpg_1252", .names = LATIN1, .cpg = "1252\n"},
    {"latin1_cpg_cp1252", .names = LATIN1, .cpg = "CP1252"},
    {"latin1_cpg_windows", .names = LATIN1, .cpg = "windows-1252"},
    {"latin1_cpg_ansi", .names = LATIN1, .cpg = "ANSI 1252"},
    {"latin1_cpg_88591", .names = LATIN1, .cpg = "88591"},
    {"latin1_cpg_iso", .names = LATIN1, .cpg = "ISO-8859-1"},
    {"latin1_cpg_iso_space", .names = LATIN1, .cpg = "iso 88591"},
    {"latin1_cpg_8859_1", .names = LATIN1, .cpg = "8859_1"},
    {"latin1_cpg_lies", .names = LATIN1, .cpg = "UTF-8"},
    {"latin1_ldid", .names = LATIN1, .ldid = 0x03},
    {"latin1_nothing_said", .names = LATIN1, .ldid = 0x57},
    {"latin1_cpg_html", .names = LATIN1, .cpg = HTML},
    {"latin1_cpg_binary", .names = LATIN1, .cpg = "\x01\x02\xFF\xFE"},
    {"latin1_cpg_unknown", .names = LATIN1, .cpg = "Klingon"},
    {"latin1_asked", .names = LATIN1, .layer = AREAS(", \"encoding\": \"latin1\"")},
    {"encoding_asked_unknown", .names = LATIN1, .layer = AREAS(", \"encoding\": \"Klingon\"")},
    {"encoding_asked_wrong",
     .names = {"Alpha", "K\x81ln",
               "Orl\x8D"
               "ans"},
     .layer = AREAS(", \"encoding\": \"1252\"")},
    {"encoding_asked_against_bytes", .names = UTF8, .layer = AREAS(", \"encoding\": \"1252\"")},
    {"latin2_ansi_1250",
     .names = {"Alpha",
               "\xA3\xF3"
               "d\x9F",
               "Plze\xF2"},
     .cpg = "ANSI 1250"},
    {"dos_852",
     .names = {"Alpha",
               "\x9D\xA2"
               "d\xAB",
               "Plze\xE5"},
     .cpg = "852"},
    {"dos_oem_852",
     .names = {"Alpha",
               "\x9D\xA2"
               "d\xAB",
               "Plze\xE5"},
     .cpg = "OEM 852"},
    {"dos_866_ldid", .names = {"Alpha", "\x8A\xA8\xA5\xA2", "\x8B\xEC\xA2\xAE\xA2"}, .ldid = 0x65},
    {"cyrillic_1251", .names = {"Alpha", "\xCA\xE8\xE5\xE2", "\xCB\xFC\xE2\xEE\xE2"},
     .cpg = "cp1251"},
    {"arabic_1256", .names = {"Alpha", "\xE5\xE1\xE3\xE4\xCF", "\xDF\xC7\xC8\xE1"}, .cpg = "1256"},
    {"chinese_936", .names = {"Alpha", "\xB1\xB1\xBE\xA9", "\xC9\xCF\xBA\xA3"}, .cpg = "936"},
    {"chinese_big5", .names = {"Alpha", "\xA5\x78\xA5\x5F", "Gamma"}, .cpg = "Big5"},
    {"japanese_shift_jis", .names = {"Alpha", "\x93\x8C\x8B\x9E", "Gamma"}, .cpg = "SHIFT_JIS"},
    /* coordinate systems */
    {"prj_missing", .ops = {WITHOUT("prj")}},
    {"prj_missing_metres", .shapes = UTM_SHAPES, .ops = {WITHOUT("prj")}},
    {"prj_html", .prj = HTML},
    {"prj_empty", .prj = ""},
    {"prj_cut_off", .prj = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID["},
    {"prj_without_method", .prj = "PROJCS[\"x\"," WGS84 "]"},
    {"prj_esri", .prj = ESRI_WGS84},
    {"prj_nad83", .shapes = AMERICA,
     .prj =
         "GEOGCS[\"GCS_North_American_1983\",DATUM[\"D_North_American_1983\",SPHEROID[\"GRS_1980\","
         "6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]"
         "]"},
    {"prj_wkt2",
     .prj =
         "GEOGCRS[\"WGS 84\",ENSEMBLE[\"World Geodetic System 1984 ensemble\",MEMBER[\"World "
         "Geodetic "
         "System 1984 (G730)\"],ELLIPSOID[\"WGS "
         "84\",6378137,298.257223563,LENGTHUNIT[\"metre\",1]],"
         "ENSEMBLEACCURACY[2.0]],PRIMEM[\"Greenwich\",0,ANGLEUNIT[\"degree\",0.0174532925199433]],"
         "CS[ellipsoidal,2],AXIS[\"geodetic latitude (Lat)\",north,ORDER[1],ANGLEUNIT[\"degree\","
         "0.0174532925199433]],AXIS[\"geodetic longitude "
         "(Lon)\",east,ORDER[2],ANGLEUNIT[\"degree\","
         "0.0174532925199433]]]"},
    {"geographic_radians", .prj =
                               "GEOGCS[\"Radians\",DATUM[\"WGS_1984\",SPHEROID[\"WGS "
                               "84\",6378137,298.257223563]]," GREENWICH ",UNIT[\"radian\",1.0]]"},
    {"polar_metres",
     .shapes = "-1000000 0,0 1000000,1000000 0,0 -1000000,-1000000 0|"
               "1000000 0,0 1000000,2000000 2000000,1000000 0|0 1000000,-1000000 0,-2000000 "
               "2000000,0 1000000",
     .prj = POLAR},
    {"utm_esri", .shapes = UTM_SHAPES, .prj = UTM_ESRI},
    {"utm_ogc", .shapes = UTM_SHAPES, .prj = UTM_OGC},
    {"utm_wkt2", .shapes = UTM_SHAPES, .prj = UTM_WKT2},
    {"utm_asked", .shapes = UTM_SHAPES, .layer = AREAS(", \"crs\": \"EPSG:32642\""),
     .ops = {WITHOUT("prj")}},
    {"utm_asked_as_proj", .shapes = UTM_SHAPES,
     .layer = AREAS(", \"crs\": \"+proj=utm +zone=42 +datum=WGS84\"")},
    {"utm_asked_again", .shapes = UTM_SHAPES, .prj = UTM_OGC,
     .layer = AREAS(", \"crs\": \"EPSG:32642\"")},
    {"degrees_asked", .prj = HTML, .layer = AREAS(", \"crs\": \"EPSG:4326\"")},
    {"crs_asked_unknown", .layer = AREAS(", \"crs\": \"EPSG:99999999\"")},
    {"web_mercator", .shapes = METRES, .prj = MERCATOR},
    {"albers", .shapes = UTM_SHAPES, .prj = ALBERS},
    {"beyond_projection", .shapes = "1e30 1e30,1e30 2e30,2e30 2e30,2e30 1e30,1e30 1e30|" B "|" C,
     .prj = UTM_OGC},
    {"nad27", .shapes = AMERICA,
     .prj =
         "GEOGCS[\"GCS_North_American_1927\",DATUM[\"D_North_American_1927\",SPHEROID[\"Clarke_"
         "1866\","
         "6378206.4,294.9786982]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"},
    {"pulkovo_1942", .prj =
                         "GEOGCS[\"GCS_Pulkovo_1942\",DATUM[\"D_Pulkovo_1942\",SPHEROID["
                         "\"Krasovsky_1940\",6378245.0,"
                         "298.3]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"},
    {"herat_north", .prj =
                        "GEOGCS[\"GCS_Herat_North\",DATUM[\"D_Herat_North\",SPHEROID["
                        "\"International_1924\",6378388.0,"
                        "297.0]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"},
    {"datum_unknown", .prj = "GEOGCS[\"Here\",DATUM[\"Nobody_Knows\",SPHEROID[\"Everest\",6377276."
                             "345,300.8017]]," GREENWICH "," DEGREES "]"},
    {"grads_from_paris",
     .shapes = "0 54,0 55,1 55,1 54,0 54|1 54,1 55,2 55,2 54,1 54|2 54,2 55,3 55,3 54,2 54",
     .prj = "GEOGCS[\"NTF "
            "(Paris)\",DATUM[\"Nouvelle_Triangulation_Francaise_Paris\",SPHEROID[\"Clarke 1880 "
            "(IGN)\",6378249.2,293.466021293627]],PRIMEM[\"Paris\",2.33722917],UNIT[\"grad\","
            "0.01570796326794897],AUTHORITY[\"EPSG\",\"4807\"]]"},
};

/* ---- writing ------------------------------------------------------------------------- */

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void path_of(char *out, size_t size, const char *folder, const char *name,
                    const char *ending)
{
    if (snprintf(out, size, "%s/%s.%s", folder, name, ending) >= (int)size)
        fail("path too long");
}

static void write_bytes(const char *path, const void *bytes, size_t size, const char *mode, long at)
{
    FILE *file = fopen(path, mode);
    if (!file || fseek(file, at, at < 0 ? SEEK_END : SEEK_SET) != 0 ||
        fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        fail(path);
}

/* One shape of the text; moves it behind the '|'. */
static SHPObject *parse_shape(int type, const char **text)
{
    double x[64], y[64];
    int parts[8] = {0}, part_count = 1, n = 0;
    const char *p = *text;
    while (*p && *p != '|') {
        char *end = NULL;
        x[n] = strtod(p, &end);
        y[n++] = strtod(end, &end);
        if (*end == ';')
            parts[part_count++] = n;
        p = end + (*end == ',' || *end == ';');
    }
    *text = p + (*p == '|');
    if (n == 0)
        return SHPCreateObject(SHPT_NULL, -1, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL);
    double z[64] = {0}, m[64] = {0};
    return SHPCreateObject(type, -1, part_count, parts, NULL, n, x, y, z, m);
}

static void write_shapes(const char *folder, const struct file *f)
{
    char path[1024];
    int type = f->type ? f->type : SHPT_POLYGON;
    const char *text = f->shapes ? f->shapes : PLAIN;
    path_of(path, sizeof path, folder, f->name, "shp");
    SHPHandle shp = SHPCreate(path, type);
    if (!shp)
        fail(path);
    for (int i = 0; i < 3; i++) {
        SHPObject *shape = parse_shape(type, &text);
        SHPWriteObject(shp, -1, shape);
        SHPDestroyObject(shape);
    }
    SHPClose(shp);
}

static int width_of(const struct field *field)
{
    return field->width + (field->type == 'C' ? 256 * field->decimals : 0);
}

static void write_table(const char *folder, const struct file *f)
{
    static const char *const letters[] = {"A", "B", "C"}, *const names[] = {"Alpha", "Beta",
                                                                            "Gamma"};
    const struct field *fields = f->fields ? f->fields : usual;
    unsigned char table[4096] = {0x03, 121, 5, 4, 3};
    int count = 0, width = 1;
    for (; fields[count].name; count++) {
        unsigned char *p = table + 32 + 32 * count;
        memcpy(p, fields[count].name, strlen(fields[count].name));
        p[11] = (unsigned char)fields[count].type;
        p[16] = (unsigned char)fields[count].width;
        p[17] = (unsigned char)fields[count].decimals;
        width += width_of(&fields[count]);
    }
    int begin = 32 + 32 * count + 1;
    table[begin - 1] = 0x0D;
    table[8] = (unsigned char)begin;
    table[10] = (unsigned char)(width & 0xFF);
    table[11] = (unsigned char)(width >> 8);
    table[29] = (unsigned char)f->ldid;
    memset(table + begin, ' ', (size_t)(3 * width));
    for (int i = 0; i < 3; i++) {
        unsigned char *cell = table + begin + i * width + 1;
        const char *name = f->names[i] ? f->names[i] : names[i];
        size_t length = strlen(name), room = (size_t)width_of(&fields[1]);
        memcpy(cell, letters[i], 1);
        memcpy(cell + fields[0].width, name, length < room ? length : room);
    }
    char path[1024];
    path_of(path, sizeof path, folder, f->name, "dbf");
    table[begin + 3 * width] = 0x1A;
    write_bytes(path, table, (size_t)(begin + 3 * width + 1), "wb", 0);
}

static void write_text(const char *folder, const char *name, const char *ending, const char *text)
{
    char path[1024];
    path_of(path, sizeof path, folder, name, ending);
    write_bytes(path, text, strlen(text), "wb", 0);
}

static void write_layer(const char *folder, const struct file *f)
{
    char json[2048];
    const char *at = strchr(f->layer, '@'); /* the file's name */
    snprintf(json, sizeof json, "{\"format\": \"provmap-shapes/1\", \"layers\": {%.*s%s%s}}\n",
             (int)(at - f->layer), f->layer, f->name, at + 1);
    write_text(folder, f->name, "json", json);
}

static void apply(const char *folder, const struct file *f, const struct op *op)
{
    char path[1024];
    path_of(path, sizeof path, folder, f->name, op->ending);
    switch (op->what) {
    case PATCH:
        write_bytes(path, op->bytes, op->size, "r+b", op->at);
        break;
    case APPEND:
        write_bytes(path, op->bytes, op->size, "ab", 0);
        break;
    case REPLACE:
        write_bytes(path, op->bytes, op->size, "wb", 0);
        break;
    case CUT:
        if (truncate(path, op->at) != 0)
            fail(path);
        break;
    case REMOVE:
        if (unlink(path) != 0)
            fail(path);
        break;
    case NONE:
        break;
    }
}

static void write_file(const char *folder, const struct file *f)
{
    write_shapes(folder, f);
    write_table(folder, f);
    write_text(folder, f->name, "prj", f->prj ? f->prj : WGS84);
    if (f->cpg)
        write_text(folder, f->name, "cpg", f->cpg);
    if (f->layer)
        write_layer(folder, f);
    for (size_t i = 0; i < sizeof f->ops / sizeof *f->ops; i++)
        apply(folder, f, &f->ops[i]);
}

/* A record that only the index reaches: the first was written anew behind the others, larger, as
 * shapelib does it; its old place is a gap. */
static void write_moved(const char *folder, const struct file *f, const struct op *then)
{
    const char *text = "60 30,60 31,60.5 31.5,61 31,61 30,60 30";
    char path[1024];
    write_file(folder, f);
    path_of(path, sizeof path, folder, f->name, "shp");
    SHPHandle shp = SHPOpen(path, "r+b");
    if (!shp)
        fail(path);
    SHPObject *shape = parse_shape(SHPT_POLYGON, &text);
    SHPWriteObject(shp, 0, shape);
    SHPDestroyObject(shape);
    SHPClose(shp);
    apply(folder, f, then);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: make FOLDER\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        write_file(argv[1], &files[i]);
    write_moved(argv[1], &(struct file){"record_moved"}, &(struct op){NONE});
    write_moved(argv[1], &(struct file){"record_moved_shx_missing"}, &(struct op)WITHOUT("shx"));
    return 0;
}
