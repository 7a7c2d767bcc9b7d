package io.belfry.api.courses;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The calls about courses and about oneself. */
@Configuration(proxyBeanMethods = false)
@Import({CourseController.class, MeController.class})
public class CoursesConfiguration {

    @Bean
    CourseAccess courseAccess(CourseRepository courses) {
        return new CourseAccess(courses);
    }
}
