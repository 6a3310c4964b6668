/* told_rule.h: what of a segment's ways through the tree is told to readers. */
#ifndef TSL_OUTPUT_WORDING_TOLD_RULE_H
#define TSL_OUTPUT_WORDING_TOLD_RULE_H

#include <tesela/model.h>

typedef struct tsl__told_rule {
    tsl_tree_path *path;  /* count: told one by one, left before right; leaf: that of the first that is in it */
    size_t count, found;  /* found: with those that are summed up, whose memory stands behind */
    size_t others;        /* summed up */
    double others_share;  /* of the segment's customers */
    tsl_tree_path beside; /* what the ways have in common, as those who are set apart by rule have it otherwise: left
                             out of them, to be told before them; no bounds: nothing */
} tsl__told_rule;

/* Leaves side by side are one way, what sets customers apart by rule is told once for all ways, and leaves that
 * hold under 2 % of the segment, but the greatest, are summed up. Release with tsl__told_rule_free. */
TSL_FALLIBLE tsl_status tsl__told_rule_get(const tsl_model *model, int cluster, tsl__told_rule *out, tsl_error *err);
void tsl__told_rule_free(tsl__told_rule *rule);

#endif
