/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts of records inside XML, HTML and SVG: whatever bytes they have, no markup comes of them.
 */
#ifndef FORMAT_XML_H
#define FORMAT_XML_H

#include "base/buf.h"

/* TEXT as the content of an element, or of an attribute in quotes: & < > " ' as entities; what XML 1.0 (section 2.2)
 * forbids and what is no UTF-8 as '?', what is not seen (text_format) left out. LINES: '\n' stays, else it is a blank. */
void xml_text(struct buf *out, struct bytes text, bool lines);
/* <NAME>TEXT</NAME>, and nothing when TEXT is "". NAME may go on with attributes. Lines stay. */
void xml_element(struct buf *out, const char *name, const char *text);

#endif
