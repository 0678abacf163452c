/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts of records inside XML, HTML and SVG: whatever bytes they have, no markup comes of them; and the leaves of small
 * files that come in.
 */
#ifndef FORMAT_XML_H
#define FORMAT_XML_H

#include "base/buf.h"

/* TEXT as the content of an element, or of an attribute in quotes: & < > " ' as entities; what XML 1.0 (section 2.2)
 * forbids and what is no UTF-8 as '?', what is not seen (text_format) left out. LINES: '\n' stays, else it is a blank. */
void xml_text(struct buf *out, struct bytes text, bool lines);
/* <NAME>TEXT</NAME>, and nothing when TEXT is "". NAME may go on with attributes. Lines stay. */
void xml_element(struct buf *out, const char *name, const char *text);

/* ---- in: small files of other systems, of which only the leaves count */

enum { XML_DEPTH = 24, XML_NAME = 64 };

/* An element that holds none, in the order of the file: its name and that of the element around it ("" = none), without
 * prefixes; TEXT is decoded, and lies there until FN returns. False ends the reading. */
typedef bool xml_leaf_fn(void *to, const char *parent, const char *name, const char *text);
/* IN is UTF-8 (charset_xml makes it so). Refuses all but elements, attributes, texts, comments, CDATA and the five
 * entities and numbers of XML: what has a DTD is not read. RC_BAD names line and rule; what was read before has been told. */
enum rc xml_leaves(struct bytes in, xml_leaf_fn *fn, void *to, struct fault *fault) MUST_CHECK;

#endif
